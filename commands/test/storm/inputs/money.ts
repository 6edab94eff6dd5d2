import { place } from '../cast.ts';
import type { Draw } from '../draw.ts';
import { entriesOf, type Fields, fieldsOf, type Known } from '../knowledge.ts';

type Fill = (draw: Draw) => Record<string, unknown>;

const sellerOf = ({ folded }: Known): string | undefined =>
  folded.parties.find(({ as }) => as === 'workshop' || as === 'transport')?.id;
const paidOf = (state: Fields): number =>
  entriesOf(state.payments).reduce(
    (sum, [, { amountKrw, refundedKrw }]) => sum + Number(amountKrw) - Number(refundedKrw),
    0,
  );
const owedOf = (state: Fields): number => Number(fieldsOf(state.doc).totalKrw ?? 0) - paidOf(state);

/** Invoices; some of them with a slip of the pen in their sums. */
export const moneyInputs: Readonly<Record<string, Fill>> = {
  DraftInvoice: (draw) => {
    const documents = [...draw.others('RepairOrder'), ...draw.others('Delivery')];
    const document = draw.one(documents.slice(-5));
    const kind = document?.aggregate.name === 'Delivery' ? 'delivery' : 'repairOrder';
    const lines = Array.from({ length: draw.int(1, 3) }, (_, n) => ({
      ...{
        lineId: draw.fresh(),
        text: '작업',
        supplyKrw: n === 2 ? -1_005 : draw.int(1, 9) * 10_007,
        taxable: draw.chance(0.8),
      },
    }));
    const supplyKrw = lines.reduce((sum, line) => sum + line.supplyKrw, 0);
    const taxable = lines.reduce((sum, line) => sum + (line.taxable ? line.supplyKrw : 0), 0);
    const vatKrw = Math.max(0, Math.floor(taxable / 10)) + (draw.chance(0.1) ? 1 : 0);
    return {
      ...{
        sellerOrgId: document ? sellerOf(document) : place.garages[0],
        lines,
        supplyKrw: Math.max(0, supplyKrw),
        vatKrw,
      },
      ...{ totalKrw: Math.max(0, supplyKrw + vatKrw), source: { kind, id: document?.id ?? draw.fresh() } },
      buyerBusinessNo: '124-81-00998',
    };
  },
  IssueInvoice: ({ int, day }) => ({ number: `INV-25-${int(1, 999_999)}`, issuedOn: day(-3), dueOn: day(int(-4, 4)) }),
  RecordPayment: ({ state, int, now, fresh, one }) => {
    const owed = owedOf(state);
    return { amountKrw: one([owed, Math.max(1, int(1, Math.max(1, owed))), owed + 1]), at: now, paymentId: fresh() };
  },
  RefundPayment: ({ state, one, int }) => {
    const [paymentId, paid] = one(entriesOf(state.payments)) ?? [];
    return { paymentId, amountKrw: one([paid?.amountKrw, int(1, Number(paid?.amountKrw ?? 1))]) };
  },
  IssueCreditNote: ({ state, int }) => ({
    amountKrw: fieldsOf(state.doc).totalKrw,
    number: `CN-25-${int(1, 999_999)}`,
  }),
};
