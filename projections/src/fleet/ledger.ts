import { Day, FleetContract, FleetLedger, SignedWon, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { ofContract } from './contract.ts';

const booked = FleetLedger.events.CostBooked.schema.shape;
const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The ledger of a contract for a year: whether it is open, and what stands in it. */
export const LedgerView = readModel({
  name: 'rm_fleet_ledger',
  type: 'FleetLedger',
  version: 1,
  group: 'fleet',
  record: 'FleetLedger',
  row: z.object({
    status: z.enum(['open', 'closed']).meta({ id: 'FleetLedgerStatus' }),
    contractId: z.string(),
    fleetOrgId: z.string(),
    year: z.int(),
    costs: z.int(),
    bookedKrw: Won,
  }),
  scope: ['fleetOrgId'],
  indexes: [['fleetOrgId', 'year', 'id'], ['contractId']],
  from: [FleetLedger],
}).folds({
  start: {
    LedgerYearOpened: ({ data: { contractId, fleetOrgId, year } }) => ({
      ...{ status: 'open', contractId, fleetOrgId, year, costs: 0, bookedKrw: 0 },
    }),
  },
  on: {
    CostBooked: (row, { data: { supplyKrw, vatKrw } }) => ({
      ...row,
      costs: row.costs + 1,
      bookedKrw: row.bookedKrw + supplyKrw + vatKrw,
    }),
    CostReversed: (row, { data: { supplyKrw, vatKrw } }) => ({
      ...row,
      costs: row.costs - 1,
      bookedKrw: row.bookedKrw - supplyKrw - vatKrw,
    }),
    LedgerYearClosed: (row) => ({ ...row, status: 'closed' }),
  },
});

const laterOf = (a: string, b: string): string => (a < b ? b : a);
type Line = { contractId: string; vehicleId: string; category: string; occurredOn: string };
const isLine = (data: unknown): data is Line => 'occurredOn' in (data as object);

/** Of the budget a line counts into, which is its contract's for the year and the kind: asked, as each cost moves it. */
const budget = (column: string): string => `select b.${column} from rm_budget b
  where b.id = rm_cost_ledger.contract_id || '.' || rm_cost_ledger.year || '.' || rm_cost_ledger.category`;

/** What a vehicle cost in a month under a contract, by kind of cost; and how far the year's budget for it is used. */
export const CostLedger = readModel({
  name: 'rm_cost_ledger',
  type: 'CostLedgerLine',
  version: 1,
  group: 'fleet',
  row: z.object({
    contractId: z.string(),
    vehicleId: z.string(),
    fleetOrgId: z.string().nullable(),
    /** `202506`. */
    month: z.string(),
    year: z.int(),
    category: booked.category,
    supplyKrw: SignedWon,
    vatKrw: SignedWon,
    totalKrw: SignedWon,
    count: z.int(),
    /** Day of the latest cost. */
    lastOn: Day,
  }),
  scope: ['fleetOrgId', 'contractId'],
  indexes: [['fleetOrgId', 'month', 'id'], ['contractId'], ['vehicleId', 'month']],
  from: [FleetLedger],
  key: ({ data }) =>
    isLine(data)
      ? `${data.contractId}.${data.vehicleId}.${data.occurredOn.slice(0, 7).replace('-', '')}.${data.category}`
      : undefined,
  joins: ofContract,
  computed: {
    budgetKrw: { schema: Won, sql: budget('budget_krw::float8') },
    burnPct: { schema: z.number(), sql: budget('burn_pct') },
  },
}).folds({
  start: {
    CostBooked: ({ data: { contractId, vehicleId, category, occurredOn, supplyKrw, vatKrw } }) => ({
      ...{ contractId, vehicleId, category, supplyKrw, vatKrw, fleetOrgId: null, count: 1, lastOn: occurredOn },
      ...{ month: occurredOn.slice(0, 7).replace('-', ''), year: yearOf(occurredOn), totalKrw: supplyKrw + vatKrw },
    }),
  },
  on: {
    CostBooked: (row, { data: { occurredOn, supplyKrw, vatKrw } }) => ({
      ...row,
      supplyKrw: row.supplyKrw + supplyKrw,
      vatKrw: row.vatKrw + vatKrw,
      totalKrw: row.totalKrw + supplyKrw + vatKrw,
      count: row.count + 1,
      lastOn: laterOf(occurredOn, row.lastOn),
    }),
    CostReversed: (row, { data: { supplyKrw, vatKrw } }) => ({
      ...row,
      supplyKrw: row.supplyKrw - supplyKrw,
      vatKrw: row.vatKrw - vatKrw,
      totalKrw: row.totalKrw - supplyKrw - vatKrw,
      count: row.count - 1,
    }),
  },
});

const burnOf = (bookedKrw: number, budgetKrw: number | null): number | null =>
  budgetKrw === null || budgetKrw === 0 ? null : Math.round((bookedKrw / budgetKrw) * 10_000) / 100;

/** How much of a year’s budget for a kind of cost is used. */
export const BudgetBurn = readModel({
  name: 'rm_budget',
  type: 'BudgetBurn',
  version: 1,
  group: 'fleet',
  row: z.object({
    contractId: z.string(),
    fleetOrgId: z.string().nullable(),
    year: z.int(),
    category: booked.category,
    /** Null when none was set. */
    budgetKrw: Won.nullable(),
    bookedKrw: SignedWon,
    /** Percent of the budget; null without one. */
    burnPct: z.number().nullable(),
  }),
  scope: ['fleetOrgId'],
  indexes: [['fleetOrgId', 'year', 'category', 'id'], ['contractId']],
  from: [FleetContract, FleetLedger],
  key: ({ data }) => {
    const { contractId, category, year, occurredOn = '' } = data as Partial<Line> & { year?: number };
    return category === undefined ? undefined : `${contractId}.${occurredOn.slice(0, 4) || year}.${category}`;
  },
  joins: ofContract,
}).folds({
  start: {
    BudgetSet: ({ data: { contractId, year, category, amountKrw } }) => ({
      ...{ contractId, year, category, budgetKrw: amountKrw, bookedKrw: 0, fleetOrgId: null },
      burnPct: burnOf(0, amountKrw),
    }),
    CostBooked: ({ data: { contractId, category, occurredOn, supplyKrw, vatKrw } }) => ({
      ...{ contractId, year: yearOf(occurredOn), category, fleetOrgId: null, budgetKrw: null, burnPct: null },
      bookedKrw: supplyKrw + vatKrw,
    }),
  },
  on: {
    BudgetSet: (row, { data: { amountKrw } }) => ({
      ...{ ...row, budgetKrw: amountKrw, burnPct: burnOf(row.bookedKrw, amountKrw) },
    }),
    CostBooked: (row, { data: { supplyKrw, vatKrw } }) => booking(row, supplyKrw + vatKrw),
    CostReversed: (row, { data: { supplyKrw, vatKrw } }) => booking(row, -supplyKrw - vatKrw),
  },
});
const booking = <R extends { bookedKrw: number; budgetKrw: number | null }>(row: R, krw: number) => {
  const bookedKrw = row.bookedKrw + krw;
  return { ...row, bookedKrw, burnPct: burnOf(bookedKrw, row.budgetKrw) };
};

/** A budget that reached 80 or 100 percent. */
export const BudgetCrossing = readModel({
  name: 'rm_budget_crossing',
  type: 'BudgetCrossing',
  version: 1,
  group: 'fleet',
  row: z.object({
    contractId: z.string(),
    fleetOrgId: z.string().nullable(),
    year: z.int(),
    category: booked.category,
    percent: z.int(),
    bookedKrw: Won,
    budgetKrw: Won,
  }),
  scope: ['fleetOrgId'],
  indexes: [['contractId']],
  from: [FleetLedger],
  key: ({ data }) => {
    const { contractId, year, category, percent } = data as Record<string, unknown>;
    return percent === undefined ? undefined : `${contractId}.${year}.${category}.${percent}`;
  },
  joins: ofContract,
}).folds({
  start: { BudgetThresholdCrossed: ({ data }) => ({ ...data, fleetOrgId: null }) },
  // Crossed again after a cost was reversed.
  on: { BudgetThresholdCrossed: (row, { data: { bookedKrw, budgetKrw } }) => ({ ...row, bookedKrw, budgetKrw }) },
});
