import type { z } from 'zod';
import {
  type Accepted,
  accept,
  type Context,
  claiming,
  daysBetween,
  defineAggregate,
  org,
  reject,
  releasing,
  seoulDay,
  text,
} from '../../kit/index.ts';
import { hasAccess, Vehicle } from '../vehicle/vehicle.ts';
import { moves } from './fleet-contract.moves.ts';
import type { CostCategory, TermChanges } from './fleet-contract.schema.ts';
import { commands, events } from './fleet-contract.schema.ts';

const refusals = {
  DATES_INVERTED: text('끝나는 날이 시작하는 날보다 빠릅니다.', 'It would end before it starts.'),
  NO_VEHICLE: text('계약에 차량이 없습니다.', 'The contract names no vehicle.'),
  NO_ACCESS_TO_VEHICLE: text('이 차량에 대한 권한이 없습니다.', 'There is no access to this vehicle.'),
  VEHICLE_HAS_SAME_KIND: text(
    '같은 종류의 계약이 있는 차량입니다.',
    'The vehicle is under a contract of this kind already.',
  ),
  DOCUMENT_MISSING: text('계약서가 필요합니다.', 'The signed document is missing.'),
  ALREADY_IN: text('이미 계약에 있는 차량입니다.', 'The vehicle is in the contract already.'),
  NOT_IN: text('계약에 없는 차량입니다.', 'The vehicle is not in the contract.'),
  EFFECTIVE_IN_PAST: text('적용일이 지났습니다.', 'It cannot take effect in the past.'),
  NOT_ACTIVE: text('유효한 계약이 아닙니다.', 'The contract is not in force.'),
  NEGATIVE: text('예산은 0원 이상이어야 합니다.', 'A budget is not negative.'),
  TOO_EARLY: text('아직 그럴 때가 아닙니다.', 'It is too early for that.'),
} as const;

/** A contract is expiring in its last 60 days. */
const noticeDays = 60;

type Category = z.infer<typeof CostCategory>;
type Terms = Omit<Required<z.infer<typeof TermChanges>>, 'mileageCapKm' | 'excessKrwPerKm'> &
  Pick<z.infer<typeof TermChanges>, 'mileageCapKm' | 'excessKrwPerKm'>;
/** A vehicle in the contract from a day on, up to and including a day. */
type Coverage = { readonly vehicleId: string; readonly from: string; readonly to?: string };
type Contract = {
  readonly contractId: string;
  readonly fleetOrgId: string;
  readonly kind: z.infer<typeof events.ContractDrafted.schema>['kind'];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly documentSha256?: string | undefined;
  readonly policyId?: string | undefined;
  readonly exclusiveInsurance: boolean;
  readonly coverage: readonly Coverage[];
  /** Oldest first; the last one that has begun applies. */
  readonly terms: readonly { readonly from: string; readonly terms: Terms }[];
  /** Budget by `<year>.<category>`. */
  readonly budgets: Readonly<Record<string, number>>;
};
export type FleetContractState =
  | { readonly status: 'none' }
  | ({ readonly status: 'draft' | 'active' | 'expiring' | 'ended' | 'terminated' } & Contract);

const covered = (state: Contract): readonly string[] =>
  state.coverage.filter((c) => c.to === undefined).map((c) => c.vehicleId);
const kindClaim = (state: Pick<Contract, 'contractId' | 'kind'>, vehicleId: string) => ({
  kind: 'contractKind',
  value: `${state.kind}.${vehicleId}`,
  holder: state.contractId,
});
const claimingVehicle = <E>(accepted: Accepted<E>, state: Contract, vehicleId: string): Accepted<E> =>
  claiming(accepted, { ...kindClaim(state, vehicleId), refusal: 'VEHICLE_HAS_SAME_KIND' });
const releasingAll = <E>(accepted: Accepted<E>, state: Contract): Accepted<E> =>
  covered(state).reduce((all, vehicleId) => releasing(all, kindClaim(state, vehicleId)), accepted);
const mayCover = (vehicleId: string, fleetOrgId: string, ctx: Context): boolean =>
  hasAccess(ctx.fact(Vehicle, vehicleId), { kind: 'org', id: fleetOrgId }, 'basic', ctx.now);
const daysUntil = (day: string, ctx: Context): number =>
  daysBetween(`${seoulDay(ctx.now)}T00:00:00.000Z`, `${day}T00:00:00.000Z`);
const lastTerms = (state: Contract): Terms | undefined => state.terms.at(-1)?.terms;
const withTerms = <S extends Contract>(state: S, from: string, changes: z.infer<typeof TermChanges>): S => {
  const last = lastTerms(state);
  return last ? { ...state, terms: [...state.terms, { from, terms: { ...last, ...changes } as Terms }] } : state;
};

export const FleetContract = defineAggregate<FleetContractState>()({
  name: 'FleetContract',
  category: 'fleetContract',
  context: 'fleet',
  doc: text('차량 계약', 'A contract for vehicles: lease, rental, insurance, maintenance, or ownership'),
  id: 'contractId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    DraftContract: (_state, data, ctx) => {
      if (data.endsOn < data.startsOn) return reject('DATES_INVERTED');
      const vehicleIds = [...new Set(data.vehicleIds)];
      if (vehicleIds.length === 0) return reject('NO_VEHICLE');
      if (!vehicleIds.every((id) => mayCover(id, data.fleetOrgId, ctx))) return reject('NO_ACCESS_TO_VEHICLE');
      return accept({
        type: 'ContractDrafted',
        data: { ...data, vehicleIds, parties: [org(data.fleetOrgId, 'fleet')] },
      });
    },
    SignContract: (state, data) => {
      const documentSha256 = data.documentSha256 ?? state.documentSha256;
      if (!documentSha256) return reject('DOCUMENT_MISSING');
      const vehicles = covered(state);
      if (vehicles.length === 0) return reject('NO_VEHICLE');
      const signed = accept({ type: 'ContractSigned' as const, data: { ...data, documentSha256 } });
      return vehicles.reduce((all, vehicleId) => claimingVehicle(all, state, vehicleId), signed);
    },
    AddVehicle: (state, data, ctx) => {
      if (covered(state).includes(data.vehicleId)) return reject('ALREADY_IN');
      if (!mayCover(data.vehicleId, state.fleetOrgId, ctx)) return reject('NO_ACCESS_TO_VEHICLE');
      const added = accept({ type: 'ContractVehicleAdded' as const, data });
      return state.status === 'draft' ? added : claimingVehicle(added, state, data.vehicleId);
    },
    RemoveVehicle: (state, data) => {
      const coverage = state.coverage.find((c) => c.vehicleId === data.vehicleId && c.to === undefined);
      if (!coverage) return reject('NOT_IN');
      if (data.on < coverage.from) return reject('DATES_INVERTED');
      const removed = accept({ type: 'ContractVehicleRemoved' as const, data });
      return state.status === 'draft' ? removed : releasing(removed, kindClaim(state, data.vehicleId));
    },
    AmendTerms: (state, data, ctx) => {
      if (data.effectiveFrom < seoulDay(ctx.now)) return reject('EFFECTIVE_IN_PAST');
      const last: Readonly<Record<string, unknown>> = lastTerms(state) ?? {};
      const changed = Object.entries(data.changes).filter(
        ([field, value]) => JSON.stringify(value) !== JSON.stringify(last[field]),
      );
      if (changed.length === 0) return accept();
      const before = Object.fromEntries(changed.map(([field]) => [field, last[field]]));
      return accept({ type: 'TermsAmended', data: { ...data, changes: Object.fromEntries(changed), before } });
    },
    SetBudget: (state, data) => {
      if (data.amountKrw < 0) return reject('NEGATIVE');
      const before = state.budgets[budgetKey(data.year, data.category)];
      return before === data.amountKrw ? accept() : accept({ type: 'BudgetSet', data: { ...data, before } });
    },
    MarkExpiring: (state, { contractId }, ctx) =>
      daysUntil(state.endsOn, ctx) > noticeDays
        ? reject('TOO_EARLY')
        : accept({ type: 'ContractExpiring', data: { contractId, endsOn: state.endsOn } }),
    RenewContract: (state, data) =>
      data.newEndsOn <= state.endsOn
        ? reject('DATES_INVERTED')
        : accept({ type: 'ContractRenewed', data: { ...data, before: state.endsOn } }),
    TerminateContract: (state, data) =>
      data.on < state.startsOn
        ? reject('DATES_INVERTED')
        : releasingAll(
            accept({ type: 'ContractTerminated', data: { ...data, vehicleIds: [...covered(state)] } }),
            state,
          ),
    EndContract: (state, data, ctx) =>
      daysUntil(state.endsOn, ctx) > 0
        ? reject('TOO_EARLY')
        : releasingAll(accept({ type: 'ContractEnded', data: { ...data, vehicleIds: [...covered(state)] } }), state),
  },
  evolve: {
    ContractDrafted: (
      _state,
      { parties: _, vehicleIds, counterparty, monthlyFeeKrw, depositKrw, includes, ...draft },
    ) => {
      const { mileageCapKm, excessKrwPerKm, ...contract } = draft;
      const first = { counterparty, monthlyFeeKrw, depositKrw, includes, mileageCapKm, excessKrwPerKm };
      return {
        ...contract,
        status: 'draft',
        exclusiveInsurance: false,
        coverage: vehicleIds.map((vehicleId) => ({ vehicleId, from: contract.startsOn })),
        terms: [{ from: contract.startsOn, terms: first as Terms }],
        budgets: {},
      };
    },
    ContractSigned: (state, { documentSha256, exclusiveInsurance }) => ({
      ...state,
      status: 'active',
      documentSha256,
      exclusiveInsurance,
    }),
    ContractVehicleAdded: (state, { vehicleId, on }) => ({
      ...state,
      coverage: [...state.coverage, { vehicleId, from: on }],
    }),
    ContractVehicleRemoved: (state, { vehicleId, on }) => ({
      ...state,
      coverage: state.coverage.map((c) => (c.vehicleId === vehicleId && c.to === undefined ? { ...c, to: on } : c)),
    }),
    TermsAmended: (state, { changes, effectiveFrom }) => withTerms(state, effectiveFrom, changes),
    BudgetSet: (state, { year, category, amountKrw }) => ({
      ...state,
      budgets: { ...state.budgets, [budgetKey(year, category)]: amountKrw },
    }),
    ContractExpiring: (state) => ({ ...state, status: 'expiring' }),
    ContractRenewed: (state, { newEndsOn, before, terms = {} }) => ({
      ...withTerms(state, before, terms),
      status: 'active',
      endsOn: newEndsOn,
    }),
    ContractTerminated: (state) => ({ ...state, status: 'terminated' }),
    ContractEnded: (state) => ({ ...state, status: 'ended' }),
  },
});

const budgetKey = (year: number, category: Category): string => `${year}.${category}`;

/** The year's budget for a kind of cost, in won including VAT; undefined when none was set. */
export const budgetOf = (state: FleetContractState, year: number, category: Category): number | undefined =>
  'budgets' in state ? state.budgets[budgetKey(year, category)] : undefined;

/** Was the vehicle under this (signed) contract on that day? */
export const coversOn = (state: FleetContractState, vehicleId: string, day: string): boolean =>
  'coverage' in state &&
  state.status !== 'draft' &&
  state.coverage.some((c) => c.vehicleId === vehicleId && c.from <= day && (c.to === undefined || day <= c.to));

/** The terms that applied on a day. */
export const termsOn = (state: FleetContractState, day: string): Terms | undefined =>
  'terms' in state ? (state.terms.findLast((t) => t.from <= day)?.terms ?? state.terms[0]?.terms) : undefined;
