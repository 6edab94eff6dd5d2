import { type Context, type Reaction, send } from '../kit/index.ts';

type Fee = {
  readonly sellerOrgId: string;
  readonly payer: { readonly kind: 'owner' | 'fleet' | 'org'; readonly id: string };
  readonly source: { readonly kind: 'reservation' | 'purchaseOrder' | 'delivery'; readonly id: string };
  readonly text: string;
  readonly feeKrw: number;
};

/** What is owed for something that did not happen is no sale, so it bears no VAT; who is owed it looks at the draft and issues it. */
export const draftFee = ({ sellerOrgId, payer, source, text, feeKrw }: Fee, ctx: Context): Reaction =>
  send('Invoice', 'DraftInvoice', {
    ...{ invoiceId: ctx.newId(), sellerOrgId, payer, source },
    lines: [{ lineId: ctx.newId(), text, supplyKrw: feeKrw, taxable: false }],
    ...{ supplyKrw: feeKrw, vatKrw: 0, totalKrw: feeKrw },
  });
