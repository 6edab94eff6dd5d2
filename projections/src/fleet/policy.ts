import { DateTime, Day, FleetPolicy } from '@cargoro/domain';
import { z } from 'zod';
import { partiesFrom } from '../kit/fold.ts';
import { readModel } from '../kit/read-model.ts';

const { events } = FleetPolicy;

const PolicyVersion = events.PolicyPublished.schema
  .pick({ version: true, effectiveFrom: true, content: true, sha256: true })
  .extend({ until: Day.nullable() })
  .meta({ id: 'PolicyVersion' });
const row = z.object({
  status: z.enum(['draft', 'published', 'retired']).meta({ id: 'FleetPolicyStatus' }),
  fleetOrgId: z.string(),
  appliesTo: events.PolicyDrafted.schema.shape.appliesTo,
  /** The group of vehicles it is for; `all` when for every one. */
  vehicleGroup: z.string(),
  /** Oldest first; each applies from its day until the next one's. */
  versions: z.array(PolicyVersion),
  /** When the first version takes effect: none applies before. */
  firstOn: Day.nullable(),
  retiredOn: Day.nullable(),
  draftedAt: DateTime,
});

/** What a fleet allows, version by version with the days each was in force; for that fleet alone. */
export const PolicyView = readModel({
  name: 'rm_policy',
  type: 'FleetPolicy',
  version: 1,
  group: 'fleet',
  record: 'FleetPolicy',
  row,
  scope: ['fleetOrgId'],
  indexes: [['fleetOrgId', 'draftedAt', 'id']],
  from: [FleetPolicy],
}).folds({
  start: {
    PolicyDrafted: ({ data: { fleetOrgId, appliesTo }, meta }) => ({
      ...{ status: 'draft', fleetOrgId, appliesTo, vehicleGroup: appliesTo.vehicleGroup ?? 'all' },
      ...{ versions: [], firstOn: null, retiredOn: null, draftedAt: meta.occurredAt },
    }),
  },
  after: (row, state) => {
    if (state.status === 'none') return row;
    const retiredOn = state.status === 'retired' ? state.retiredOn : null;
    return {
      ...{ ...row, status: state.status, appliesTo: state.appliesTo, retiredOn },
      vehicleGroup: state.appliesTo.vehicleGroup ?? 'all',
      firstOn: state.versions[0]?.effectiveFrom ?? null,
      versions: state.versions.map((version, n) => {
        // The newest that has begun applies, so each ends when any after it begins.
        const later = state.versions.slice(n + 1).map(({ effectiveFrom }) => effectiveFrom);
        return { ...version, until: [...later, ...(retiredOn ? [retiredOn] : [])].sort()[0] ?? null };
      }),
    };
  },
});
type PolicyRow = z.infer<typeof row>;

/** Which version was in force from when to when: the question an auditor asks of every approval. */
export const PolicyInForce = readModel({
  name: 'rm_policy_version',
  type: 'PolicyInForce',
  version: 1,
  group: 'fleet',
  row: PolicyVersion.extend({
    policyId: z.string(),
    fleetOrgId: z.string().nullable(),
    vehicleGroup: z.string(),
  }),
  scope: ['fleetOrgId'],
  indexes: [['fleetOrgId', 'effectiveFrom', 'id'], ['policyId']],
  from: [FleetPolicy],
  key: ({ data }) => {
    const { policyId, version } = data as { policyId?: string; version?: number };
    return version === undefined ? undefined : `${policyId}.${version}`;
  },
  joins: [
    partiesFrom(PolicyView, 'policyId'),
    {
      from: PolicyView,
      by: 'policyId',
      take: (other, { version }) => {
        const policy = other as PolicyRow | undefined;
        return {
          fleetOrgId: policy?.fleetOrgId ?? null,
          vehicleGroup: policy?.vehicleGroup ?? 'all',
          until: policy?.versions.find((one) => one.version === version)?.until ?? null,
        };
      },
    },
  ],
}).folds({
  start: { PolicyPublished: ({ data }) => ({ ...data, until: null, fleetOrgId: null, vehicleGroup: 'all' }) },
});
