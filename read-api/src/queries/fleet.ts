import { CostCategory, DateTime, type Role, seoulDay, text } from '@cargoro/domain';
import {
  type AnyReadModel,
  BudgetBurn,
  BusinessUseYear,
  bookRoles,
  ContractView,
  CostLedger,
  FleetVehicle,
  LedgerView,
  PlanView,
  PolicyInForce,
  PolicyView,
  TripMonth,
} from '@cargoro/projections';
import { and, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { byId, filtered, matches, query, whereId } from '../define.ts';

const Ref = z.string().min(1).max(64);
const Year = z.int().min(2000).max(2199);
const Month = z.string().regex(/^\d{6}$/, 'Use a month, such as 202506');
export const tripRoles: readonly Role[] = [...bookRoles, 'FLEET_MEMBER', 'OWNER'];
/** The plate of a row's car, where the row names only the car. */
const plateOf = ({ table }: AnyReadModel): SQL =>
  sql`(select v.plate from rm_fleet_vehicle v where v.id = ${table.vehicleId!})`;
/** How far the tax office's rules let the costs of a car be deducted. */
const deduction = sql`case when not ${BusinessUseYear.table.insured!} then 'uninsured'
  when ${BusinessUseYear.table.over15M!} then 'over15M' else 'within15M' end`;

export const fleetQueries = [
  query({
    name: 'fleetVehicles',
    doc: text('우리 조직의 차량', 'The vehicles of one’s fleet'),
    readModel: FleetVehicle,
    shape: 'connection',
    args: filtered,
    where: ({ filter }) => matches(FleetVehicle, filter, { time: 'custodySince', text: ['plate', 'model'] }),
    orderBy: [{ column: 'plate' }],
  }),
  query({
    name: 'fleetVehicle',
    doc: text('우리 조직의 차량 한 대', 'One vehicle of one’s fleet'),
    readModel: FleetVehicle,
    shape: 'one',
    args: byId,
    where: whereId(FleetVehicle),
    orderBy: [],
  }),
  query({
    name: 'maintenancePlan',
    doc: text('차량의 정비 계획', 'The maintenance plan of a vehicle'),
    readModel: PlanView,
    shape: 'one',
    args: z.object({ vehicleId: Ref }),
    where: ({ vehicleId }) => eq(PlanView.table.id!, vehicleId),
    orderBy: [],
  }),
  query({
    name: 'fleetContracts',
    doc: text('차량 계약, 먼저 끝나는 것부터', 'Contracts for vehicles, by the day they end'),
    readModel: ContractView,
    shape: 'connection',
    args: filtered,
    roles: bookRoles,
    where: ({ filter }) => matches(ContractView, filter, { time: 'endsOn', text: ['kind'] }),
    orderBy: [{ column: 'endsOn' }],
  }),
  query({
    name: 'fleetContract',
    doc: text('차량 계약 한 건', 'One contract for vehicles'),
    readModel: ContractView,
    shape: 'one',
    args: byId,
    roles: bookRoles,
    where: whereId(ContractView),
    orderBy: [],
  }),
  query({
    name: 'fleetLedger',
    doc: text('계약의 한 해 비용 장부', 'The ledger of a contract for a year'),
    readModel: LedgerView,
    shape: 'one',
    args: z.object({ contractId: Ref, year: Year }),
    roles: bookRoles,
    where: ({ contractId, year }) => eq(LedgerView.table.id!, `${contractId}.${year}`),
    orderBy: [],
  }),
  query({
    name: 'fleetLedgers',
    doc: text('비용 장부, 최근 해부터', 'Ledgers of contracts, newest year first'),
    readModel: LedgerView,
    shape: 'connection',
    args: filtered.extend({ contractId: Ref.optional() }),
    roles: bookRoles,
    where: ({ filter, contractId }) =>
      and(
        contractId ? eq(LedgerView.table.contractId!, contractId) : undefined,
        matches(LedgerView, filter, { time: 'year', text: ['contractId'] }),
      ),
    orderBy: [{ column: 'year', desc: true }],
  }),
  query({
    name: 'costs',
    doc: text(
      '차량별 월 비용, 최근 달부터. 상태는 비용 종류',
      'What vehicles cost by month and kind, newest month first; the status of a line is its kind',
    ),
    readModel: CostLedger,
    shape: 'connection',
    args: filtered.extend({
      vehicleId: Ref.optional(),
      contractId: Ref.optional(),
      year: Year.optional(),
      category: CostCategory.optional(),
    }),
    roles: bookRoles,
    where: ({ filter, vehicleId, contractId, year, category }) =>
      and(
        matches(CostLedger, filter, { time: 'lastOn', text: ['month', plateOf(CostLedger)], status: 'category' }),
        vehicleId ? eq(CostLedger.table.vehicleId!, vehicleId) : undefined,
        contractId ? eq(CostLedger.table.contractId!, contractId) : undefined,
        year ? eq(CostLedger.table.year!, year) : undefined,
        category ? eq(CostLedger.table.category!, category) : undefined,
      ),
    orderBy: [{ column: 'month', desc: true }],
  }),
  query({
    name: 'budgetBurn',
    doc: text(
      '한 해 예산 사용률. 상태는 비용 종류',
      'How much of a year’s budgets is used; the status of a budget is its kind of cost',
    ),
    readModel: BudgetBurn,
    shape: 'connection',
    args: filtered.extend({ year: Year, contractId: Ref.optional() }),
    roles: bookRoles,
    where: ({ year, contractId, filter }) =>
      and(
        eq(BudgetBurn.table.year!, year),
        contractId ? eq(BudgetBurn.table.contractId!, contractId) : undefined,
        matches(BudgetBurn, filter, { time: 'year', text: ['category', 'contractId'], status: 'category' }),
      ),
    orderBy: [{ column: 'category' }],
  }),
  query({
    name: 'tripLog',
    doc: text('차량의 한 달 운행기록부', 'The trip log of a vehicle for a month'),
    readModel: TripMonth,
    shape: 'one',
    args: z.object({ vehicleId: Ref, month: Month }),
    roles: tripRoles,
    where: ({ vehicleId, month }) => eq(TripMonth.table.id!, `${vehicleId}.${month}`),
    orderBy: [],
  }),
  query({
    name: 'tripLogExport',
    doc: text('차량의 한 해 운행기록부, 달 순서로', 'The trip logs of a vehicle for a year, month by month'),
    readModel: TripMonth,
    shape: 'connection',
    args: filtered.extend({ vehicleId: Ref, year: Year }),
    roles: tripRoles,
    where: ({ vehicleId, year, filter }) =>
      and(
        eq(TripMonth.table.vehicleId!, vehicleId),
        eq(TripMonth.table.year!, year),
        matches(TripMonth, filter, { time: 'month', text: ['month', plateOf(TripMonth)] }),
      ),
    orderBy: [{ column: 'month' }],
  }),
  query({
    name: 'businessUse',
    doc: text(
      '한 해 업무사용비율과 공제 예상액. 상태는 uninsured, within15M, over15M',
      'Business use and what may be deducted, by vehicle for a year; the status is uninsured, within15M or over15M',
    ),
    readModel: BusinessUseYear,
    shape: 'connection',
    args: filtered.extend({ year: Year }),
    roles: bookRoles,
    where: ({ year, filter }) =>
      and(
        eq(BusinessUseYear.table.year!, year),
        matches(BusinessUseYear, filter, { time: 'year', text: ['plate'], status: deduction }),
      ),
    orderBy: [{ column: 'vehicleId' }],
  }),
  query({
    name: 'policies',
    doc: text('차량 운영 정책과 모든 버전', 'Policies of a fleet with every version'),
    readModel: PolicyView,
    shape: 'connection',
    args: filtered,
    roles: bookRoles,
    where: ({ filter }) => matches(PolicyView, filter, { time: 'draftedAt', text: ['vehicleGroup'] }),
    orderBy: [{ column: 'draftedAt' }],
  }),
  query({
    name: 'policyAt',
    doc: text('그때 적용되던 정책', 'The policy in force at a moment, for all vehicles or one group'),
    readModel: PolicyInForce,
    shape: 'one',
    args: z.object({ orgId: Ref, time: DateTime, vehicleGroup: Ref.default('all') }),
    roles: bookRoles,
    where: ({ orgId, time, vehicleGroup }) => {
      const { table } = PolicyInForce;
      const day = seoulDay(time);
      return and(
        eq(table.fleetOrgId!, orgId),
        eq(table.vehicleGroup!, vehicleGroup),
        lte(table.effectiveFrom!, day),
        or(isNull(table.until!), gt(table.until!, day)),
      );
    },
    orderBy: [],
  }),
];
