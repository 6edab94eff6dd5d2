import { DateTime, org, user, Workshop } from '@cargoro/domain';
import { z } from 'zod';
import { nameOf, PersonName } from '../core/person-card.ts';
import { readModel } from '../kit/read-model.ts';
import { Person } from './order.ts';

const { events } = Workshop;
const enrolled = events.TechnicianEnrolled.schema.shape;

const row = z.object({
  workshopId: z.string(),
  userId: z.string(),
  orgId: z.string().nullable(),
  name: PersonName,
  status: z.enum(['enrolled', 'released']).meta({ id: 'TechnicianStatus' }),
  grade: z.string(),
  skills: enrolled.skills.unwrap(),
  evCertified: z.boolean(),
  since: DateTime,
});
const idOf = (data: unknown): string | undefined => {
  const { workshopId, userId } = data as { workshopId: string; userId?: string };
  return userId && `${workshopId}.${userId}`;
};

/** The staff of a workshop's floor. Seen by the workshop, which each row learns from the workshop's own card. */
export const workshopOrg = readModel({
  name: 'rm_ws_workshop_org',
  type: 'WorkshopOrg',
  version: 1,
  group: 'repair',
  row: z.object({ orgId: z.string() }),
  scope: [],
  indexes: [],
  from: [Workshop],
  seenBy: () => [],
}).folds({ start: { WorkshopRegistered: ({ data }) => ({ orgId: data.orgId }) } });

export const Technician = readModel({
  name: 'rm_ws_technician',
  type: 'Technician',
  version: 1,
  group: 'repair',
  row,
  scope: ['workshopId'],
  indexes: [['workshopId', 'since', 'id'], ['userId']],
  from: [Workshop],
  key: (event) => idOf(event.data),
  joins: [
    nameOf(Person, 'userId', 'name'),
    { from: workshopOrg, by: 'workshopId', take: (workshop) => ({ orgId: workshop?.orgId ?? null }) },
  ],
  seenBy: ({ orgId, userId }) => [
    ...(orgId ? [org(String(orgId), 'workshop')] : []),
    user(String(userId), 'technician'),
  ],
}).folds({
  start: {
    TechnicianEnrolled: ({ data, meta }) => ({
      ...data,
      orgId: null,
      name: null,
      status: 'enrolled',
      since: meta.occurredAt,
    }),
  },
  on: {
    TechnicianEnrolled: (row, { data: { grade, skills, evCertified } }) => ({
      ...row,
      grade,
      skills,
      evCertified,
      status: 'enrolled',
    }),
    TechnicianReleased: (row) => ({ ...row, status: 'released' }),
  },
});
