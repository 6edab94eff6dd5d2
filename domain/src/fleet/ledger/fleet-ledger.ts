import type { z } from 'zod';
import { accept, claiming, defineAggregate, type Events, org, reject, releasing, text } from '../../kit/index.ts';
import { budgetOf, coversOn, FleetContract } from '../contract/fleet-contract.ts';
import { FleetPolicy, policyInForce } from '../policy/fleet-policy.ts';
import { isOthersDocument } from './cost-source.ts';
import { moves } from './fleet-ledger.moves.ts';
import { commands, events } from './fleet-ledger.schema.ts';

const refusals = {
  DUPLICATE_SOURCE: text('이미 비용으로 기록된 문서입니다.', 'This document has been booked already.'),
  VEHICLE_NOT_COVERED: text(
    '그날 이 계약에 속한 차량이 아닙니다.',
    'The vehicle was not under this contract on that day.',
  ),
  YEAR_CLOSED: text('마감된 연도입니다.', 'The year is closed.'),
  HARD_STOP_EXCEEDED: text(
    '정책에 따라 예산을 넘는 비용은 기록할 수 없습니다.',
    'The policy allows no cost beyond the budget.',
  ),
  COST_UNKNOWN: text('해당하는 비용이 없습니다.', 'There is no such cost.'),
  ALREADY_REVERSED: text('이미 취소된 비용입니다.', 'The cost has been reversed already.'),
  OPEN_TRIP_LOGS: text('마감되지 않은 운행기록부가 있습니다.', 'Trip logs of the year are not closed yet.'),
} as const;

const thresholds = [80, 100] as const;

type Cost = Omit<z.infer<typeof events.CostBooked.schema>, 'contractId'> & { readonly reversed: boolean };
type Category = Cost['category'];
type Ledger = {
  readonly contractId: string;
  readonly year: number;
  readonly costs: Readonly<Record<string, Cost>>;
  /** Won including VAT, without what was reversed. */
  readonly booked: Readonly<Partial<Record<Category, number>>>;
};
export type FleetLedgerState = { readonly status: 'none' } | ({ readonly status: 'open' | 'closed' } & Ledger);
type LedgerEvent = Events<typeof events>;

export const ledgerId = (contractId: string, year: number | string): string => `${contractId}.${year}`;
const amountOf = (cost: Pick<Cost, 'supplyKrw' | 'vatKrw'>): number => cost.supplyKrw + cost.vatKrw;
/** One document is one cost of one vehicle, in whichever ledger. */
const sourceClaim = (cost: Pick<Cost, 'source' | 'vehicleId' | 'costId'>) => ({
  kind: 'costSource',
  value: `${cost.source.kind}.${cost.source.id}.${cost.vehicleId}`,
  holder: cost.costId,
});
const isSameSource = (a: Cost, b: Pick<Cost, 'source' | 'vehicleId'>): boolean =>
  !a.reversed && a.vehicleId === b.vehicleId && a.source.kind === b.source.kind && a.source.id === b.source.id;

export const FleetLedger = defineAggregate<FleetLedgerState>()({
  name: 'FleetLedger',
  category: 'fleetLedger',
  context: 'fleet',
  doc: text('비용 원장', 'What the vehicles of a contract cost in a year'),
  id: (data) => ledgerId(String(data.contractId), String(data.year ?? String(data.occurredOn).slice(0, 4))),
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    BookCost: (state, data, ctx) => {
      const { contractId, category, occurredOn } = data;
      const year = Number(occurredOn.slice(0, 4));
      const costs = state.status === 'none' ? {} : state.costs;
      if (data.costId in costs) return reject('ALREADY_EXISTS');
      if (Object.values(costs).some((cost) => isSameSource(cost, data))) return reject('DUPLICATE_SOURCE');
      const contract = ctx.fact(FleetContract, contractId);
      if (!('fleetOrgId' in contract) || !coversOn(contract, data.vehicleId, occurredOn))
        return reject('VEHICLE_NOT_COVERED');
      if (isOthersDocument(data.source, contract.fleetOrgId, ctx)) return reject('NOT_FOUND');

      const budgetKrw = budgetOf(contract, year, category);
      const beforeKrw = (state.status === 'none' ? undefined : state.booked[category]) ?? 0;
      const bookedKrw = beforeKrw + amountOf(data);
      const policy = contract.policyId ? ctx.fact(FleetPolicy, contract.policyId) : undefined;
      const stops = policy && policyInForce(policy, occurredOn)?.content.hardStop;
      if (stops && budgetKrw !== undefined && bookedKrw > budgetKrw) return reject('HARD_STOP_EXCEEDED');

      const { fleetOrgId } = contract;
      const opened: LedgerEvent = {
        type: 'LedgerYearOpened',
        data: { contractId, year, fleetOrgId, parties: [org(fleetOrgId, 'fleet')] },
      };
      // A budget of nothing is crossed by the first won.
      const reach = (percent: number) => Math.max(1, (budgetKrw ?? 0) * percent);
      const crossed = thresholds.filter(
        (percent) => budgetKrw !== undefined && beforeKrw * 100 < reach(percent) && bookedKrw * 100 >= reach(percent),
      );
      const booked = accept<LedgerEvent>(
        ...(state.status === 'none' ? [opened] : []),
        { type: 'CostBooked', data },
        ...crossed.map((percent): LedgerEvent => {
          const reached = { contractId, year, category, percent, bookedKrw, budgetKrw: budgetKrw ?? 0 };
          return { type: 'BudgetThresholdCrossed', data: reached };
        }),
      );
      return claiming(booked, { ...sourceClaim(data), refusal: 'DUPLICATE_SOURCE' });
    },
    ReverseCost: (state, data) => {
      const cost = state.costs[data.costId];
      if (!cost) return reject('COST_UNKNOWN');
      if (cost.reversed) return reject('ALREADY_REVERSED');
      const { category, vehicleId, supplyKrw, vatKrw, occurredOn } = cost;
      const reversed = { ...data, category, vehicleId, supplyKrw, vatKrw, occurredOn };
      return releasing(accept({ type: 'CostReversed', data: reversed }), sourceClaim(cost));
    },
    CloseLedgerYear: (state, data, ctx) => {
      if (ctx.count('openTripLogsOfContract', data.contractId, String(data.year)) > 0) return reject('OPEN_TRIP_LOGS');
      const standing = Object.values(state.costs).filter((cost) => !cost.reversed);
      const totals = (Object.keys(state.booked) as Category[]).sort().map((category) => ({
        category,
        bookedKrw: state.booked[category] ?? 0,
        count: standing.filter((cost) => cost.category === category).length,
      }));
      return accept({ type: 'LedgerYearClosed', data: { ...data, totals } });
    },
  },
  evolve: {
    LedgerYearOpened: (_state, { contractId, year }) => ({ status: 'open', contractId, year, costs: {}, booked: {} }),
    CostBooked: (state, { contractId: _, ...cost }) => ({
      ...state,
      costs: { ...state.costs, [cost.costId]: { ...cost, reversed: false } },
      booked: { ...state.booked, [cost.category]: (state.booked[cost.category] ?? 0) + amountOf(cost) },
    }),
    BudgetThresholdCrossed: (state) => state,
    CostReversed: (state, { costId, category, supplyKrw, vatKrw }) => {
      const cost = state.costs[costId];
      if (!cost) return state;
      return {
        ...state,
        costs: { ...state.costs, [costId]: { ...cost, reversed: true } },
        booked: { ...state.booked, [category]: (state.booked[category] ?? 0) - supplyKrw - vatKrw },
      };
    },
    LedgerYearClosed: (state) => ({ ...state, status: 'closed' }),
  },
});

/** Won booked for a kind of cost, VAT included, without what was reversed. */
export const bookedKrwOf = (state: FleetLedgerState, category: Category): number =>
  'booked' in state ? (state.booked[category] ?? 0) : 0;
/** Is this year's ledger closed? A ledger without costs is not. */
export const isYearClosed = (state: FleetLedgerState): boolean => state.status === 'closed';
