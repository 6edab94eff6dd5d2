import { FleetContract } from '../fleet/contract/fleet-contract.ts';
import {
  type Context,
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

type State = { readonly contractId: string };
const contract = ({ contractId }: Record<string, unknown>) => String(contractId);
/** Days before the end on which a contract counts as expiring. */
const noticeDays = 60;

/** P10: a contract is marked sixty days before its end and closed after it; budgets are watched on the way. */
export const contractWatch: ProcessDef<State> = {
  name: 'ContractWatch',
  doc: text('계약과 예산 살피기', 'Watches a contract’s end and its budgets'),
  starts: ['ContractSigned'],
  correlate: {
    ...{ ContractSigned: contract, ContractExpiring: contract, ContractRenewed: contract, ContractEnded: contract },
    ...{ ContractTerminated: contract, BudgetThresholdCrossed: contract },
  },
  initial: { contractId: '' },
  evolve: (state, { type, data }) => (type === 'ContractSigned' ? { contractId: contract(data) } : state),
  react: ({ contractId }, input, ctx) => step(contractId, input, ctx),
  idle: ({ type }) => `${type} changes nothing to watch`,
};
export const ContractWatch = defineProcess<State>()(contractWatch);

const ends = (endsOn: string): readonly Reaction[] => [
  schedule('expiring', plusDays(startOfDay(endsOn), -noticeDays)),
  schedule('end', endOfDay(endsOn)),
];

const step = (contractId: string, { type, data }: ProcessInput, ctx: Context): readonly Reaction[] => {
  const state = ctx.fact(FleetContract, contractId);
  if (state.status === 'none') return [];
  const { fleetOrgId, endsOn } = state;
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
      return [complete];
    case 'TimerFired':
      return [send('FleetContract', data.timer === 'end' ? 'EndContract' : 'MarkExpiring', { contractId })];
    default:
      return [];
  }
};
