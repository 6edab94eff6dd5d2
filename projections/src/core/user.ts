import { DateTime, Day, NoticeChoice, UserAccount } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { firstLetter } from './person-card.ts';

const { UserRegistered, ConsentRecorded, FactorEnrolled, LicenceRecorded } = UserAccount.events;

const UserFactor = z
  .object({ factorId: z.string(), kind: FactorEnrolled.schema.shape.kind, enrolledAt: DateTime })
  .meta({ id: 'UserFactor' });
const UserConsent = z
  .object({
    kind: ConsentRecorded.schema.shape.kind,
    version: z.string(),
    granted: z.boolean(),
    at: DateTime,
  })
  .meta({ id: 'UserConsent' });

const row = z.object({
  status: z.enum(['pending', 'active', 'suspended', 'erased']).meta({ id: 'UserStatus' }),
  locale: UserRegistered.schema.shape.locale,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** How the person wants to be notified; null before they chose. */
  notices: NoticeChoice.meta({ id: 'NoticeChoice' }).nullable(),
  factors: z.array(UserFactor),
  consents: z.array(UserConsent),
  licenceClass: LicenceRecorded.schema.shape.licenceClass.nullable(),
  licenceValidTo: Day.nullable(),
  insuranceValidTo: Day.nullable(),
  registeredAt: DateTime,
  erasedAt: DateTime.nullable(),
});

/** Others than the person see one letter of it. */
const masked = (value: unknown, { as }: Onlooker): unknown => (as.includes('self') ? value : firstLetter(value));

/** A person's account, for the person and the platform's staff. */
export const User = readModel({
  name: 'rm_user',
  type: 'User',
  version: 2,
  group: 'core',
  record: 'UserAccount',
  row,
  scope: ['status'],
  indexes: [['registeredAt', 'id']],
  from: [UserAccount],
  platform: true,
  masks: { name: masked, phone: masked, email: masked },
}).folds({
  start: {
    UserRegistered: ({ data, meta }) => ({
      status: 'pending',
      locale: data.locale,
      name: data.person?.name ?? null,
      phone: data.person?.phone ?? null,
      email: data.person?.email ?? null,
      notices: null,
      factors: [],
      consents: [],
      licenceClass: null,
      licenceValidTo: null,
      insuranceValidTo: null,
      registeredAt: meta.occurredAt,
      erasedAt: null,
    }),
  },
  on: {
    UserVerified: (row) => ({ ...row, status: 'active' }),
    UserSuspended: (row) => ({ ...row, status: 'suspended' }),
    UserReinstated: (row) => ({ ...row, status: 'active' }),
    FactorEnrolled: (row, { data: { factorId, kind }, meta }) => ({
      ...row,
      factors: [...row.factors, { factorId, kind, enrolledAt: meta.occurredAt }],
    }),
    FactorRemoved: (row, { data }) => ({
      ...row,
      factors: row.factors.filter(({ factorId }) => factorId !== data.factorId),
    }),
    ConsentRecorded: (row, { data: { kind, version, granted }, meta }) => ({
      ...row,
      consents: [
        ...row.consents.filter((consent) => consent.kind !== kind),
        { kind, version, granted, at: meta.occurredAt },
      ],
    }),
    NoticesChosen: (row, { data: { channels, quietHours } }) => ({
      ...row,
      notices: { channels, ...(quietHours && { quietHours }) },
    }),
    LicenceRecorded: (row, { data }) => ({
      ...row,
      licenceClass: data.licenceClass,
      licenceValidTo: data.validTo,
    }),
    TransportInsuranceRecorded: (row, { data }) => ({ ...row, insuranceValidTo: data.validTo }),
    UserErased: (row, { data }) => ({
      ...row,
      status: 'erased',
      name: null,
      phone: null,
      email: null,
      erasedAt: data.keyDestroyedAt,
    }),
  },
});
