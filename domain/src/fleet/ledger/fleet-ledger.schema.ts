import { z } from 'zod';
import { allow, command, event, Party, text } from '../../kit/index.ts';
import { Code, Day, Id, Line, Won } from '../../shared/values.ts';
import { CostCategory, Year } from '../contract/fleet-contract.schema.ts';

const contractId = Id;
/** The document a cost comes from. */
export const CostSource = z
  .object({
    kind: z
      .enum(['invoice', 'repairOrder', 'delivery', 'contract', 'receipt', 'statement'])
      .meta({ id: 'CostSourceKind' }),
    id: Code,
  })
  .meta({ id: 'CostSource' });
const Book = z.object({
  contractId,
  costId: Id,
  vehicleId: Id,
  category: CostCategory,
  supplyKrw: Won,
  vatKrw: Won,
  occurredOn: Day,
  source: CostSource,
});
/** `year` names the ledger the cost stands in. */
const Reverse = z.object({ contractId, year: Year, costId: Id, reason: Line });
const Close = z.object({ contractId, year: Year });
// A sum of costs may exceed what one cost may be.
const Sum = z.int().min(0);
const Total = z.object({ category: CostCategory, bookedKrw: Sum, count: z.int() }).meta({ id: 'CostTotal' });

const books = allow(['FLEET_MANAGER', 'FLEET_ACCOUNTANT'], 'fleet');

export const commands = {
  BookCost: command({
    label: text('비용 기록하기', 'Book cost'),
    doc: text('차량 비용을 계약 원장에 기록합니다.', 'Books a cost of a vehicle in the contract’s ledger of the year.'),
    by: [books],
    in: ['none', 'open'],
    otherwise: 'YEAR_CLOSED',
    emits: ['BudgetThresholdCrossed', 'CostBooked', 'LedgerYearOpened'],
    refuses: ['DUPLICATE_SOURCE', 'HARD_STOP_EXCEEDED', 'VEHICLE_NOT_COVERED'],
    input: Book,
  }),
  ReverseCost: command({
    label: text('비용 취소하기', 'Reverse cost'),
    doc: text('잘못 기록한 비용을 취소합니다.', 'Takes a booked cost back; both stay in the ledger.'),
    by: [books],
    in: ['open'],
    otherwise: 'YEAR_CLOSED',
    emits: ['CostReversed'],
    refuses: ['ALREADY_REVERSED', 'COST_UNKNOWN'],
    input: Reverse,
  }),
  CloseLedgerYear: command({
    label: text('연도 마감하기', 'Close year'),
    doc: text('한 해의 원장을 마감합니다.', 'Closes the ledger of a year.'),
    by: [books],
    in: ['open'],
    otherwise: 'YEAR_CLOSED',
    emits: ['LedgerYearClosed'],
    refuses: ['OPEN_TRIP_LOGS'],
    input: Close,
  }),
};

export const events = {
  /** Emitted beside the first cost of a year: whose ledger it is. */
  LedgerYearOpened: event(z.object({ contractId, year: Year, fleetOrgId: Id, parties: z.array(Party) })),
  CostBooked: event(Book),
  /** `percent` of the budget, 80 or 100, was reached by the cost beside it. */
  BudgetThresholdCrossed: event(
    z.object({ contractId, year: Year, category: CostCategory, percent: z.int(), bookedKrw: Sum, budgetKrw: Won }),
  ),
  /** With what the cost was, so that it can be taken back where it stands. */
  CostReversed: event(
    Reverse.extend({ category: CostCategory, vehicleId: Id, supplyKrw: Won, vatKrw: Won, occurredOn: Day }),
  ),
  LedgerYearClosed: event(Close.extend({ totals: z.array(Total) })),
};
