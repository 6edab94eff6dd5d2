import { at, type Check, findings, list, num, str, sum, type Told } from './check.ts';

type Cost = { readonly category: string; readonly krw: number; reversed: boolean };
type Book = { readonly costs: Map<string, Cost>; closed: boolean };
type Version = { readonly from: string; readonly hardStop: boolean };

const krwOf = ({ data }: Told): number => num(data.supplyKrw) + num(data.vatKrw);

/** The money of a ledger is the sum of what was booked in it, and a policy's hard stop holds the contract's budget. */
export const ledger: Check = (events) => {
  const { expect, all } = findings();
  const books = new Map<string, Book>();
  const budgets = new Map<string, number>();
  const policyOf = new Map<string, string>();
  const policies = new Map<string, Version[]>();
  const retired = new Map<string, string>();
  const stops = (contractId: string, day: string): boolean => {
    const policyId = policyOf.get(contractId) ?? '';
    if (day >= (retired.get(policyId) ?? '9999')) return false;
    return policies.get(policyId)?.findLast(({ from }) => from <= day)?.hardStop ?? false;
  };
  for (const told of events) {
    const { type, category, id, data } = told;
    if (type === 'PolicyPublished') {
      const version = {
        from: str(data.effectiveFrom),
        hardStop: (data.content as { hardStop?: boolean }).hardStop === true,
      };
      at(policies, id, () => []).push(version);
    }
    if (type === 'PolicyRetired') retired.set(id, str(data.on));
    if (type === 'ContractDrafted' && data.policyId) policyOf.set(id, str(data.policyId));
    if (type === 'BudgetSet') budgets.set(`${id}.${num(data.year)} ${str(data.category)}`, num(data.amountKrw));
    if (category !== 'fleetLedger') continue;
    const book = at(books, id, () => ({ costs: new Map(), closed: false }));
    const bookedIn = (kind: string) =>
      sum([...book.costs.values()].map((cost) => (cost.category === kind && !cost.reversed ? cost.krw : 0)));
    expect(!book.closed, `ledger ${id}: ${type} after its year was closed`);
    const kind = str(data.category);
    const budget = budgets.get(`${id} ${kind}`);
    const costId = str(data.costId);
    if (type === 'CostBooked') {
      expect(!book.costs.has(costId), `ledger ${id}: cost ${costId} booked twice`);
      book.costs.set(costId, { category: kind, krw: krwOf(told), reversed: false });
      const isOver = budget !== undefined && bookedIn(kind) > budget;
      const stopped = isOver && stops(id.split('.')[0] ?? '', str(data.occurredOn));
      expect(!stopped, `ledger ${id}: ${bookedIn(kind)} of ${kind} booked past the hard stop at ${budget}`);
    }
    if (type === 'CostReversed') {
      const cost = book.costs.get(costId);
      expect(
        cost?.reversed === false && cost.krw === krwOf(told),
        `ledger ${id}: cost ${costId} reversed as ${krwOf(told)}`,
      );
      if (cost) cost.reversed = true;
    }
    if (type === 'BudgetThresholdCrossed') {
      const booked = num(data.bookedKrw);
      expect(booked === bookedIn(kind), `ledger ${id}: ${booked} of ${kind} told, ${bookedIn(kind)} booked`);
      expect(
        booked * 100 >= num(data.budgetKrw) * num(data.percent),
        `ledger ${id}: ${num(data.percent)} % told too early`,
      );
    }
    if (type === 'LedgerYearClosed') {
      for (const total of list(data.totals))
        expect(
          num(total.bookedKrw) === bookedIn(str(total.category)),
          `ledger ${id}: closed with ${num(total.bookedKrw)}`,
        );
      book.closed = true;
    }
  }
  return all();
};
