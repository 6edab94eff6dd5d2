import { FleetContract } from '../fleet/contract/fleet-contract.ts';
import {
  type Context,
  cancel,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { endOfDay, startOfDay } from './business-time.ts';
import { fleetDesk } from './fleet-facts.ts';
import { notify } from './notify.ts';

type State = {
  readonly contractId: string;
  readonly isOver: boolean;
  /** Of a contract that was terminated; otherwise it is the day agreed on. */
  readonly lastDay?: string;
};
const evolve = (state: State, { type, data }: ProcessInput): State => {
  if (type === 'ContractSigned') return { ...state, contractId: contract(data) };
  if (type === 'ContractEnded') return { ...state, isOver: true };
  return type === 'ContractTerminated' ? { ...state, isOver: true, lastDay: String(data.on) } : state;
};
const contract = ({ contractId }: Record<string, unknown>) => String(contractId);
/** Days before the end on which a contract counts as expiring. */
const noticeDays = 60;

/** Days after the end in which what was owed by then is still booked. */
const lateCostDays = 60;

/**
 * P10: a contract is marked sixty days before its end and closed after it; budgets are watched on the way. Of P9 the end of
 * its ledger; FleetExit sees to the cars.
 */
export const contractWatch: ProcessDef<State> = {
  name: 'ContractWatch',
  doc: text('계약과 예산 살피기', 'Watches a contract’s end and its budgets'),
  starts: ['ContractSigned'],
  isPatient: true,
  correlate: {
    ...{ ContractSigned: contract, ContractExpiring: contract, ContractRenewed: contract, ContractEnded: contract },
    ...{ ContractTerminated: contract, BudgetThresholdCrossed: contract, LedgerYearClosed: contract },
  },
  initial: { contractId: '', isOver: false },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} changes nothing to watch`,
};
export const ContractWatch = defineProcess<State>()(contractWatch);

const ends = (endsOn: string): readonly Reaction[] => [
  schedule('expiring', plusDays(startOfDay(endsOn), -noticeDays)),
  schedule('end', endOfDay(endsOn)),
];

const step = (state: State, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  const { contractId, isOver } = state;
  const fact = ctx.fact(FleetContract, contractId);
  if (fact.status === 'none') return [];
  const { fleetOrgId, endsOn } = fact;
  const lastDay = state.lastDay ?? endsOn;
  const ledger = { contractId, year: Number(lastDay.slice(0, 4)) };
  switch (type) {
    case 'ContractSigned':
    case 'ContractRenewed':
      return ends(endsOn);
    case 'ContractExpiring':
      return [notify(ctx, 'contractExpiring', fleetDesk(fleetOrgId), { contractId, endsOn })];
    case 'BudgetThresholdCrossed': {
      const { category, percent, bookedKrw, budgetKrw, year } = data as Record<string, string | number>;
      const desk = fleetDesk(fleetOrgId, 'FLEET_MANAGER', 'FLEET_ACCOUNTANT');
      const reached = { contractId, year: year ?? 0, category: category ?? '', percent: percent ?? 0 };
      return [notify(ctx, 'budgetReached', desk, { ...reached, bookedKrw: bookedKrw ?? 0, budgetKrw: budgetKrw ?? 0 })];
    }
    case 'ContractEnded':
    case 'ContractTerminated':
      return [
        ...[cancel('expiring'), cancel('end'), schedule('closeLedger', plusDays(at, lateCostDays))],
        notify(ctx, 'contractOver', fleetDesk(fleetOrgId), { contractId, endsOn: lastDay }),
      ];
    case 'TimerFired':
      return data.timer === 'closeLedger'
        ? [send('FleetLedger', 'CloseLedgerYear', ledger)]
        : [send('FleetContract', data.timer === 'end' ? 'EndContract' : 'MarkExpiring', { contractId })];
    case 'LedgerYearClosed':
      return isOver && data.year === ledger.year ? [complete] : [];
    case 'CloseLedgerYearRejected':
      // Closed by somebody, or nothing was ever booked: that is done.
      return data.code === 'OPEN_TRIP_LOGS'
        ? [notify(ctx, 'ledgerNotClosed', fleetDesk(fleetOrgId, 'FLEET_MANAGER', 'FLEET_ACCOUNTANT'), ledger), complete]
        : [complete];
    default:
      return [];
  }
};
