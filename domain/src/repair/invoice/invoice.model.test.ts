import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyEvent, seoulDay } from '../../kit/index.ts';
import { foldPlain, given } from '../../kit/testing.ts';
import { Invoice } from './invoice.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const invoiceId = id(1);
const totalKrw = 1_100;
const dueOn = '2025-06-30';
const draft = {
  invoiceId,
  sellerOrgId: id(2),
  payer: { kind: 'owner', id: id(3) },
  source: { kind: 'contract', id: id(4) },
  lines: [{ lineId: id(5), text: '탁송', supplyKrw: 1_000 }],
  supplyKrw: 1_000,
  vatKrw: 100,
  totalKrw,
};

/** Money alone: what was paid and refunded under each payment, and whether the document is open, settled or ended. */
type Model = { status: string; paid: Map<string, number>; refunded: Map<string, number> };
const sum = (of: Map<string, number>) => [...of.values()].reduce((a, b) => a + b, 0);
const held = ({ paid, refunded }: Model) => sum(paid) - sum(refunded);
type Move = { do: string; payment: string; amountKrw: number; now: string };

const payable = ['issued', 'partlyPaid', 'overdue'];
const accepts = (m: Model, { do: what, payment, amountKrw, now }: Move): boolean => {
  const within = (...statuses: string[]) => statuses.includes(m.status);
  const left = (m.paid.get(payment) ?? 0) - (m.refunded.get(payment) ?? 0);
  switch (what) {
    case 'issue':
      return within('draft');
    case 'pay':
      return within(...payable) && !m.paid.has(payment) && held(m) + amountKrw <= totalKrw;
    case 'refund':
      return within('paid', 'partlyPaid', 'overdue', 'refunded') && amountKrw <= left;
    case 'credit':
      return within('paid', 'refunded', ...payable) && held(m) === 0;
    case 'overdue':
      return within('issued', 'partlyPaid') && seoulDay(now) > dueOn;
    default:
      return within('overdue');
  }
};
const apply = (m: Model, { do: what, payment, amountKrw }: Move): void => {
  if (what === 'issue') m.status = 'issued';
  if (what === 'pay') {
    m.paid.set(payment, amountKrw);
    m.status = held(m) === totalKrw ? 'paid' : 'partlyPaid';
  }
  if (what === 'refund') {
    m.refunded.set(payment, (m.refunded.get(payment) ?? 0) + amountKrw);
    m.status = held(m) === 0 ? 'refunded' : 'partlyPaid';
  }
  if (what === 'credit') m.status = 'credited';
  if (what === 'overdue') m.status = 'overdue';
  if (what === 'writeOff') m.status = 'writtenOff';
};
const commandOf = ({ do: what, payment: paymentId, amountKrw, now: at }: Move): [string, Record<string, unknown>] => {
  const reason = '모형';
  switch (what) {
    case 'issue':
      return ['IssueInvoice', { invoiceId, number: 'INV-1', documentKind: 'cardSlip', issuedOn: '2025-06-01', dueOn }];
    case 'pay':
      return ['RecordPayment', { invoiceId, paymentId, method: 'card', amountKrw, at }];
    case 'refund':
      return ['RefundPayment', { invoiceId, paymentId, amountKrw, reason }];
    case 'credit':
      return ['IssueCreditNote', { invoiceId, number: 'CN-1', amountKrw: totalKrw, reason }];
    case 'overdue':
      return ['MarkOverdue', { invoiceId }];
    default:
      return ['WriteOff', { invoiceId, reason, approverId: id(2) }];
  }
};

const move = fc.record({
  do: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('pay', 'refund') },
    { weight: 2, arbitrary: fc.constantFrom('issue', 'overdue') },
    { weight: 1, arbitrary: fc.constantFrom('credit', 'writeOff') },
  ),
  payment: fc.constantFrom(id(6), id(7), id(8)),
  amountKrw: fc.constantFrom(1, 100, 500, 1_000, totalKrw),
  now: fc.constantFrom('2025-06-30T14:00:00.000Z', '2025-06-30T16:00:00.000Z'),
});

const step = (what: string, amountKrw = 1): Move => ({
  do: what,
  payment: id(6),
  amountKrw,
  now: '2025-06-30T16:00:00.000Z',
});
/** Courses that every run of this test meets, however the dice fall. */
const told = [
  [step('pay', totalKrw), step('refund', totalKrw), step('credit')],
  [step('pay', 100), step('overdue'), step('writeOff')],
];

describe('Invoice against its model', () => {
  it('never holds more than its total nor gives back more than it took, and its balance is total less payments', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        const model: Model = { status: 'draft', paid: new Map(), refunded: new Map() };
        let log: readonly AnyEvent[] = given(Invoice).when('DraftInvoice', draft).emits('InvoiceDrafted');
        for (const each of [{ do: 'issue', payment: id(6), amountKrw: 1, now: '' }, ...moves]) {
          const [type, data] = commandOf(each);
          const { decision } = given(Invoice, ...log).when(type, data, { now: each.now });
          expect([each, model.status, decision.ok]).toEqual([each, model.status, accepts(model, each)]);
          if (!decision.ok) continue;
          apply(model, each);
          reached.add(model.status);
          log = log.concat(decision.events);
          const told = decision.events[0]?.data.balanceKrw;
          if (told !== undefined) expect(told).toBe(totalKrw - held(model));
          expect(foldPlain(Invoice, log).state.status).toBe(model.status);
          expect(held(model)).toBeGreaterThanOrEqual(0);
          expect(held(model)).toBeLessThanOrEqual(totalKrw);
        }
      }),
      { numRuns: 300, examples: told.map((path) => [path]) },
    );
    expect([...reached].sort()).toEqual([
      'credited',
      'issued',
      'overdue',
      'paid',
      'partlyPaid',
      'refunded',
      'writtenOff',
    ]);
  });
});
