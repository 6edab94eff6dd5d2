import { type Check, findings, list, num, str, sum } from './check.ts';

type Invoice = {
  readonly totalKrw: number;
  readonly source: string;
  issued: boolean;
  credited: boolean;
  paid: Map<string, number>;
};
const moves = ['PaymentRecorded', 'PaymentRefunded', 'CreditNoteIssued', 'InvoiceOverdue', 'DebtWrittenOff'];

/** A document is the sum of its lines, is drawn up once, and nobody pays more than it says. */
export const invoices: Check = (events) => {
  const { expect, all } = findings();
  const known = new Map<string, Invoice>();
  for (const { type, id, data } of events) {
    if (type === 'InvoiceDrafted') {
      const lines = list(data.lines);
      const supply = sum(lines.map(({ supplyKrw }) => num(supplyKrw)));
      const taxable = sum(lines.map(({ supplyKrw, taxable: is }) => (is === false ? 0 : num(supplyKrw))));
      expect(num(data.supplyKrw) === supply, `invoice ${id}: ${num(data.supplyKrw)} is not the sum of its lines`);
      expect(num(data.vatKrw) === Math.floor(taxable / 10), `invoice ${id}: VAT ${num(data.vatKrw)} of ${taxable}`);
      expect(num(data.totalKrw) === supply + num(data.vatKrw), `invoice ${id}: total ${num(data.totalKrw)}`);
      const source = JSON.stringify(data.source);
      for (const [other, invoice] of known)
        expect(invoice.source !== source || invoice.credited, `invoices ${other} and ${id} are both for ${source}`);
      known.set(id, { totalKrw: num(data.totalKrw), source, issued: false, credited: false, paid: new Map() });
    }
    const invoice = known.get(id);
    if (!invoice) continue;
    if (type === 'InvoiceIssued') {
      expect(!invoice.issued, `invoice ${id} is issued twice`);
      invoice.issued = true;
    }
    if (moves.includes(type)) expect(invoice.issued && !invoice.credited, `invoice ${id}: ${type} out of its time`);
    const paymentId = str(data.paymentId);
    if (type === 'PaymentRecorded') {
      expect(!invoice.paid.has(paymentId), `invoice ${id}: payment ${paymentId} twice`);
      invoice.paid.set(paymentId, num(data.amountKrw));
    }
    if (type === 'PaymentRefunded') {
      const left = num(invoice.paid.get(paymentId)) - num(data.amountKrw);
      expect(left >= 0, `invoice ${id}: more is refunded than was paid in ${paymentId}`);
      invoice.paid.set(paymentId, left);
    }
    const paid = sum(invoice.paid.values());
    const balance = invoice.totalKrw - paid;
    expect(balance >= 0, `invoice ${id}: ${paid} paid of ${invoice.totalKrw}`);
    if (data.balanceKrw !== undefined)
      expect(
        num(data.balanceKrw) === balance,
        `invoice ${id}: ${type} says ${num(data.balanceKrw)}, owed are ${balance}`,
      );
    if (type === 'CreditNoteIssued') {
      expect(paid === 0 && num(data.amountKrw) === invoice.totalKrw, `invoice ${id}: credited with ${paid} paid`);
      invoice.credited = true;
    }
    if (type === 'DebtWrittenOff')
      expect(num(data.amountKrw) === balance, `invoice ${id}: wrote off ${num(data.amountKrw)}`);
  }
  return all();
};
