import { seoulDay } from '@cargoro/domain';
import { type Cut, InvoiceView, Org, Person } from '@cargoro/projections';
import type { InvoiceFacts } from './invoice-pdf.ts';
import type { Naming, Past } from './past.ts';

type Invoice = Pick<InvoiceFacts, 'number' | 'sha256' | 'dueOn' | 'lines' | 'supplyKrw' | 'vatKrw' | 'totalKrw'> & {
  readonly sellerOrgId: string;
  readonly payer: { readonly kind: string; readonly id: string };
  readonly buyerBusinessNo: string | null;
  readonly documentKind: Exclude<InvoiceFacts['kind'], 'draft'> | null;
  readonly issuedOn: string | null;
  /** Of the last event folded in: the draft, or its issue. */
  readonly asOf: string;
};
type Organisation = { readonly name: string; readonly businessNo: string; readonly address: string };

/** What an invoice says, all of it as it was at the cut. */
export const invoiceFacts = async (past: Past, id: string, cut: Cut): Promise<InvoiceFacts & Naming> => {
  const invoice = await past.must<Invoice>(InvoiceView, id, cut);
  const at: Cut = { includes: cut.at ?? cut.includes };
  const { payer, buyerBusinessNo } = invoice;
  const [seller, buyer] = await Promise.all([
    past.find<Organisation>(Org, invoice.sellerOrgId, at),
    payer.kind === 'owner'
      ? past.find<{ readonly name: string | null } & Partial<Organisation>>(Person, payer.id, at)
      : past.find<Organisation>(Org, payer.id, at),
  ]);
  return {
    ...{ number: invoice.number, sha256: invoice.sha256, kind: invoice.documentKind ?? 'draft' },
    seller: {
      name: seller?.name ?? null,
      businessNo: seller?.businessNo ?? null,
      address: seller?.address ?? null,
    },
    buyer: {
      name: buyer?.name ?? null,
      businessNo: buyerBusinessNo ?? buyer?.businessNo ?? null,
      address: buyer?.address ?? null,
    },
    ...{ issuedOn: invoice.issuedOn ?? seoulDay(invoice.asOf), issuedAt: invoice.asOf, dueOn: invoice.dueOn },
    people: payer.kind === 'owner' ? [payer.id] : [],
    lines: invoice.lines,
    ...{ supplyKrw: invoice.supplyKrw, vatKrw: invoice.vatKrw, totalKrw: invoice.totalKrw },
  };
};
