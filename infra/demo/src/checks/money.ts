import { at, type Check } from './check.ts';

const invoices = (): Check => {
  const found: string[] = [];
  return {
    name: 'invoices are the sum of their lines, with VAT rounded down',
    see: ({ stream, type, data }) => {
      if (type !== 'InvoiceDrafted') return;
      const lines = data.lines as { supplyKrw: number; taxable: boolean }[];
      const supply = lines.reduce((sum, { supplyKrw }) => sum + supplyKrw, 0);
      const taxable = lines.reduce((sum, { supplyKrw, taxable: isTaxed }) => sum + (isTaxed ? supplyKrw : 0), 0);
      const vat = Math.floor(taxable / 10);
      if (supply !== data.supplyKrw || vat !== data.vatKrw || supply + vat !== data.totalKrw)
        found.push(`${stream}: ${data.supplyKrw} + ${data.vatKrw} = ${data.totalKrw}, its lines ${supply} + ${vat}`);
    },
    problems: () => found,
  };
};

const agreed = (): Check => {
  const totals = new Map<string, number>();
  const found: string[] = [];
  return {
    name: 'completed orders were agreed to in full, with a statement and a responsible mechanic',
    see: ({ stream, type, data }) => {
      if (type === 'LinesApproved') totals.set(stream, data.approvedTotalKrw);
      if (type !== 'RepairOrderCompleted') return;
      const total = totals.get(stream);
      if (total === undefined || total < data.finalTotalKrw)
        found.push(`${stream}: ${data.finalTotalKrw} done, ${total ?? 'nothing'} agreed to`);
      if (!data.statementNo || !data.responsibleMechanicId) found.push(`${stream}: nobody answers for it`);
    },
    problems: () => found,
  };
};

/** A source that has a record of its own, and the event that makes it one. */
const papers: Readonly<Record<string, string>> = { InvoiceIssued: 'invoice', HandoverCompleted: 'delivery' };
const withRecord = new Set(Object.values(papers));

const costs = (): Check => {
  const standing = new Set<string>();
  const byCost = new Map<string, string>();
  const booked = new Map<string, number>();
  const found: string[] = [];
  return {
    name: 'each cost has one source, and each source one cost',
    see: ({ stream, type, data }) => {
      if (papers[type]) standing.add(stream);
      if (type === 'CostReversed') {
        const source = byCost.get(data.costId) ?? '';
        booked.set(source, (booked.get(source) ?? 0) - 1);
      }
      if (type !== 'CostBooked') return;
      const { costId, category, source } = data;
      const key = `${source?.kind}-${source?.id}`;
      if (!source || (withRecord.has(source.kind) && !standing.has(key))) found.push(`${costId}: there is no ${key}`);
      byCost.set(costId, `${key} (${category})`);
      const count = at(booked, `${key} (${category})`, () => 0) + 1;
      booked.set(`${key} (${category})`, count);
      if (count > 1) found.push(`${key} (${category}): ${count} costs`);
    },
    problems: () => found,
  };
};

export const moneyChecks = (): Check[] => [invoices(), agreed(), costs()];
