import { DateTime, Organization, org, user } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { nameOf, PersonName, personCard } from './person-card.ts';

export const CorePerson = personCard('rm_core_person', 'core');

const idOf = (data: unknown): string | undefined => {
  const { orgId, userId } = data as { orgId?: string; userId?: string };
  return orgId && userId ? `${orgId}.${userId}` : undefined;
};

const row = z.object({
  orgId: z.string(),
  userId: z.string(),
  userName: PersonName,
  status: z.enum(['active', 'removed']).meta({ id: 'MembershipStatus' }),
  roles: z.array(z.string()),
  since: DateTime,
  until: DateTime.nullable(),
});

/** Who belongs to which organisation, in which roles, from when to when. */
export const Membership = readModel({
  name: 'rm_membership',
  type: 'Membership',
  version: 1,
  group: 'core',
  row,
  scope: ['orgId', 'userId'],
  indexes: [['orgId', 'since', 'id'], ['userId']],
  from: [Organization],
  key: (event) => idOf(event.data),
  joins: [nameOf(CorePerson, 'userId', 'userName')],
  seenBy: ({ orgId, userId }) => [org(String(orgId), 'org'), user(String(userId), 'member')],
  platform: true,
}).folds({
  start: {
    MemberAdded: ({ data: { orgId, userId, roles }, meta }) => ({
      orgId,
      userId,
      roles,
      userName: null,
      status: 'active',
      since: meta.occurredAt,
      until: null,
    }),
  },
  on: {
    MemberAdded: (row, { data, meta }) => ({
      ...row,
      roles: data.roles,
      status: 'active',
      since: meta.occurredAt,
      until: null,
    }),
    RolesChanged: (row, { data }) => ({ ...row, roles: data.after }),
    MemberRemoved: (row, { meta }) => ({ ...row, status: 'removed', until: meta.occurredAt }),
  },
});
