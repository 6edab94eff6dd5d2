import { DateTime, Day, FleetContract, Km, Won } from '@cargoro/domain';
import { z } from 'zod';
import { partiesFrom } from '../kit/fold.ts';
import { readModel, sortedEntries } from '../kit/read-model.ts';
import type { Join } from '../kit/types.ts';

const { events } = FleetContract;
const drafted = events.ContractDrafted.schema.shape;

const Coverage = z.object({ vehicleId: z.string(), from: Day, to: Day.nullable() }).meta({ id: 'ContractCoverage' });
const Terms = z
  .object({
    from: Day,
    counterparty: z.string(),
    monthlyFeeKrw: Won,
    depositKrw: Won,
    mileageCapKm: Km.nullable(),
    excessKrwPerKm: Won.nullable(),
    includes: drafted.includes,
  })
  .meta({ id: 'ContractTerms' });
const ContractBudget = z
  .object({ year: z.int(), category: events.BudgetSet.schema.shape.category, amountKrw: Won })
  .meta({ id: 'ContractBudget' });

export const ContractStatus = z
  .enum(['draft', 'active', 'expiring', 'ended', 'terminated'])
  .meta({ id: 'FleetContractStatus' });
export const ContractKind = drafted.kind;
const row = z.object({
  status: ContractStatus,
  fleetOrgId: z.string(),
  kind: ContractKind,
  startsOn: Day,
  endsOn: Day,
  /** In the contract now; `coverage` tells of all that ever were. */
  vehicleIds: z.array(z.string()),
  coverage: z.array(Coverage),
  /** Oldest first; the last one that has begun applies. */
  terms: z.array(Terms),
  budgets: z.array(ContractBudget),
  policyId: z.string().nullable(),
  exclusiveInsurance: z.boolean(),
  documentSha256: z.string().nullable(),
  draftedAt: DateTime,
});

/** A contract for vehicles of a fleet, seen by that fleet alone. */
export const ContractView = readModel({
  name: 'rm_fleet_contract',
  type: 'FleetContract',
  version: 1,
  group: 'fleet',
  record: 'FleetContract',
  row,
  scope: ['fleetOrgId'],
  indexes: [['fleetOrgId', 'endsOn', 'id']],
  from: [FleetContract],
}).folds({
  start: {
    ContractDrafted: ({ data: { fleetOrgId, kind, startsOn, endsOn }, meta }) => ({
      ...{ status: 'draft', fleetOrgId, kind, startsOn, endsOn, draftedAt: meta.occurredAt },
      ...{ vehicleIds: [], coverage: [], terms: [], budgets: [] },
      ...{ policyId: null, exclusiveInsurance: false, documentSha256: null },
    }),
  },
  after: (row, state) => {
    if (state.status === 'none') return row;
    const { status, endsOn, policyId = null, exclusiveInsurance, documentSha256 = null } = state;
    return {
      ...{ ...row, status, endsOn, policyId, exclusiveInsurance, documentSha256 },
      vehicleIds: state.coverage.flatMap(({ vehicleId, to }) => (to === undefined ? [vehicleId] : [])),
      coverage: state.coverage.map(({ vehicleId, from, to = null }) => ({ vehicleId, from, to })),
      terms: state.terms.map(({ from, terms }) => ({
        from,
        counterparty: terms.counterparty ?? '',
        monthlyFeeKrw: terms.monthlyFeeKrw ?? 0,
        depositKrw: terms.depositKrw ?? 0,
        mileageCapKm: terms.mileageCapKm ?? null,
        excessKrwPerKm: terms.excessKrwPerKm ?? null,
        includes: terms.includes ?? [],
      })),
      budgets: sortedEntries(state.budgets).map(([key, amountKrw]) => {
        const [year, category] = key.split('.');
        return { year: Number(year), category: category as z.infer<typeof ContractBudget>['category'], amountKrw };
      }),
    };
  },
});

/** Joins of a row that belongs to a contract: seen by those who see it. */
export const ofContract: readonly Join[] = [
  partiesFrom(ContractView, 'contractId'),
  { from: ContractView, by: 'contractId', take: (contract) => ({ fleetOrgId: contract?.fleetOrgId ?? null }) },
];
export type ContractRow = z.infer<typeof row> & { readonly id: string };
