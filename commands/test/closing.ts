import { cancel, complete, defineProcess, type ProcessInput, plusHours, schedule, send, text } from '@cargoro/domain';

type State = { readonly ledgerId?: string };
const ledgerOf = (data: Record<string, unknown>) => String(data.ledgerId);

/** Closes a ledger two days after it was opened, or as soon as an amount it asked for is refused. */
export const closing = {
  name: 'CloseAfterOpening',
  doc: text('시험', 'Test'),
  starts: ['LedgerOpened'],
  correlate: { LedgerOpened: ledgerOf, OtherTold: ledgerOf, AmountAdded: ledgerOf, LedgerClosed: ledgerOf },
  initial: {} as State,
  evolve: (state: State, { type, data }: ProcessInput): State =>
    type === 'LedgerOpened' ? { ledgerId: ledgerOf(data) } : state,
  react: ({ ledgerId }: State, { type, data, at }: ProcessInput) => {
    switch (type) {
      case 'LedgerOpened':
        return [schedule('close', plusHours(at, 48))];
      case 'OtherTold':
        return [send('Ledger', 'AddAmount', { ledgerId: data.otherId, amount: 900_000 })];
      case 'AddAmountRejected':
      case 'TimerFired':
        return [send('Ledger', 'CloseLedger', { ledgerId })];
      case 'LedgerClosed':
        return [cancel('close'), complete];
      default:
        return [];
    }
  },
  idle: () => 'an amount changes nothing',
};
export const CloseAfterOpening = defineProcess<State>()(closing);
