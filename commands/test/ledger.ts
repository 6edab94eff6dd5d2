import {
  accept,
  after,
  allow,
  claiming,
  command,
  defineAggregate,
  event,
  Id,
  Line,
  org,
  Party,
  reject,
  text,
} from '@cargoro/domain';
import { z } from 'zod';

/** The smallest aggregate that uses everything dispatch offers. */
const ledgerId = Id;
const said = text('시험', 'Test');
const clerk = allow(['SERVICE_ADVISOR'], 'org');
const def = { label: said, doc: said, by: [clerk] };

const Open = z.object({ ledgerId, orgId: Id, limit: z.int().min(0).max(1_000_000).default(1_000_000) });
const Add = z.object({ ledgerId, amount: z.int().min(1) });
const Named = z.object({ ledgerId, names: z.array(Line).min(1) });
const Tell = z.object({ ledgerId, otherId: Id, amount: z.int().min(1) });

const commands = {
  OpenLedger: command({ ...def, in: ['none'], input: Open }),
  AddAmount: command({ ...def, in: ['open'], input: Add }),
  CloseLedger: command({ ...def, in: ['open', 'closed'], input: z.object({ ledgerId }) }),
  ReopenLedger: command({ ...def, in: ['closed'], input: z.object({ ledgerId }) }),
  /** Needs every name to be free. */
  NameLedger: command({ ...def, in: ['open'], input: Named }),
  /** Only while the other ledger is open; then that one is told to add the amount. */
  TellOther: command({ ...def, in: ['open'], input: Tell }),
  RecordWitness: command({ ...def, in: ['open'], input: z.object({ ledgerId, witnessId: Id, name: Line }) }),
};
const events = {
  LedgerOpened: event(Open.extend({ parties: z.array(Party) })),
  AmountAdded: event(Add.extend({ total: z.int(), orders: z.int() })),
  LedgerClosed: event(z.object({ ledgerId })),
  LedgerReopened: event(z.object({ ledgerId })),
  LedgerNamed: event(Named),
  OtherTold: event(Tell.extend({ noteId: Id, fingerprint: z.string() })),
  WitnessRecorded: event(z.object({ ledgerId, witnessId: Id, name: Line.nullable() }), {
    personal: { name: 'witnessId' },
  }),
};
const refusals = {
  OVER_LIMIT: text('한도를 넘습니다.', 'Over the limit.'),
  NAME_TAKEN: text('이미 쓰는 이름입니다.', 'The name is taken.'),
  OTHER_NOT_OPEN: text('상대 장부가 닫혀 있습니다.', 'The other ledger is not open.'),
} as const;
type State =
  | { readonly status: 'none' }
  | {
      readonly status: 'open' | 'closed';
      readonly total: number;
      readonly limit: number;
      readonly witness?: string | null;
    };

export const Ledger = defineAggregate<State>()({
  name: 'Ledger',
  category: 'ledger',
  context: 'kit',
  journey: true,
  doc: said,
  id: 'ledgerId',
  commands,
  events,
  refusals,
  initial: { status: 'none' },
  decide: {
    OpenLedger: (_state, data) =>
      accept({ type: 'LedgerOpened', data: { ...data, parties: [org(data.orgId, 'org')] } }),
    AddAmount: (state, data, ctx) => {
      const total = state.total + data.amount;
      const orders = ctx.count('openOrdersOfWorkshop', data.ledgerId);
      return total > state.limit
        ? reject('OVER_LIMIT')
        : accept({ type: 'AmountAdded', data: { ...data, total, orders } });
    },
    CloseLedger: (state, data) => (state.status === 'closed' ? accept() : accept({ type: 'LedgerClosed', data })),
    ReopenLedger: (_state, data) => accept({ type: 'LedgerReopened', data }),
    NameLedger: (_state, data) =>
      data.names.reduce(
        (accepted, value) =>
          claiming(accepted, { kind: 'ledgerName', value, holder: data.ledgerId, refusal: 'NAME_TAKEN' }),
        accept({ type: 'LedgerNamed' as const, data }),
      ),
    TellOther: (_state, data, ctx) => {
      if (ctx.fact(Ledger, data.otherId).status !== 'open') return reject('OTHER_NOT_OPEN');
      const told = { ...data, noteId: ctx.newId(), fingerprint: ctx.hash(data) };
      return after(accept({ type: 'OtherTold', data: told }), {
        aggregate: 'Ledger',
        type: 'AddAmount',
        data: { ledgerId: data.otherId, amount: data.amount },
      });
    },
    RecordWitness: (_state, data) => accept({ type: 'WitnessRecorded', data }),
  },
  evolve: {
    LedgerOpened: (_state, { limit }) => ({ status: 'open', total: 0, limit }),
    AmountAdded: (state, { total }) => ({ ...state, total }),
    LedgerClosed: (state) => ({ ...state, status: 'closed' }),
    LedgerReopened: (state) => ({ ...state, status: 'open' }),
    LedgerNamed: (state) => state,
    OtherTold: (state) => state,
    WitnessRecorded: (state, { name }) => ({ ...state, witness: name }),
  },
});
