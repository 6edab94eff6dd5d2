import type { Locale } from '@cargoro/domain';
import { pdfOf } from './pdf.ts';
import { won, words } from './words.ts';

type Side = { readonly name: string | null; readonly businessNo: string | null; readonly address: string | null };
/** Everything an invoice says; what was paid since is no part of the document. */
export type InvoiceFacts = {
  readonly number: string | null;
  readonly kind: 'taxInvoice' | 'cardSlip' | 'cashReceipt' | 'draft';
  /** SHA-256 of the document's content as it was issued, from the record. */
  readonly sha256: string | null;
  readonly seller: Side;
  readonly buyer: Side;
  /** Of a draft: the day it was drawn up. */
  readonly issuedOn: string;
  /** UTC: the moment the document is of. */
  readonly issuedAt: string;
  readonly dueOn: string | null;
  readonly lines: readonly { readonly text: string; readonly supplyKrw: number; readonly taxable: boolean }[];
  readonly supplyKrw: number;
  readonly vatKrw: number;
  readonly totalKrw: number;
};

/** An invoice as PDF, in the form of a tax invoice; the same facts give the same bytes. */
export const invoicePdf = (facts: InvoiceFacts, locale: Locale): Promise<Buffer> => {
  const say = words[locale];
  const { seller, buyer } = facts;
  const kind = say.invoice[facts.kind];
  const title = facts.number ? `${kind} ${facts.number}` : kind;
  return pdfOf({ title, language: say.language, at: facts.issuedAt }, (sheet) => {
    sheet.title(kind, facts.number ? `${say.number} ${facts.number}` : '');
    sheet.gap();
    sheet.table(
      [
        { title: say.seller, width: 0.5 },
        { title: say.buyer, width: 0.5 },
      ],
      [],
    );
    sheet.facts([
      [say.businessNo, seller.businessNo ?? '–'],
      [say.businessNo, buyer.businessNo ?? '–'],
      [say.name, seller.name ?? '–'],
      [say.name, buyer.name ?? '–'],
      [say.address, seller.address ?? '–'],
      [say.address, buyer.address ?? '–'],
    ]);
    sheet.gap();
    sheet.facts(
      [
        [say.issuedOn, facts.issuedOn],
        [say.dueOn, facts.dueOn ?? '–'],
        [say.total, won(facts.totalKrw, locale)],
      ],
      3,
    );
    sheet.heading(say.items);
    sheet.table(
      [
        { title: say.item, width: 0.6 },
        { title: say.taxation, width: 0.18, align: 'center' },
        { title: say.supply, width: 0.22, align: 'right' },
      ],
      facts.lines.map(({ text, taxable, supplyKrw }) => [
        text,
        taxable ? say.taxed : say.untaxed,
        won(supplyKrw, locale),
      ]),
    );
    sheet.sums([
      [say.supply, won(facts.supplyKrw, locale)],
      [say.vat, won(facts.vatKrw, locale)],
      [say.total, won(facts.totalKrw, locale)],
    ]);
    sheet.note(facts.sha256 ? `${say.document} ${facts.sha256}` : say.draftNote);
  });
};
