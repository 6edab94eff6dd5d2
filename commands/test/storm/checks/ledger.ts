import { at, type Check, findings, list, num, str, sum, type Told } from './check.ts';

type Cost = { readonly category: string; readonly krw: number; reversed: boolean };
type Book = { readonly costs: Map<string, Cost>; closed: boolean };

const krwOf = ({ data }: Told): number => num(data.supplyKrw) + num(data.vatKrw);
/** What is said in the same moment on another node comes after the cost that did not know of it. */
const knew = ({ event: { meta } }: Told, { event: { stream, revision } }: Told): boolean =>
  revision <= BigInt(meta.facts?.[stream] ?? revision);

/** The money of a ledger is the sum of what was booked in it, and a policy's hard stop holds the contract's budget. */
export const ledger: Check = (events) => {
  const { expect, all } = findings();
  const books = new Map<string, Book>();
  const budgets = new Map<string, Told[]>();
  const policyOf = new Map<string, string>();
  const policies = new Map<string, Told[]>();
  const retired = new Map<string, string>();
  const stops = (contractId: string, cost: Told): boolean => {
    const policyId = policyOf.get(contractId) ?? '';
    const day = str(cost.data.occurredOn);
    if (day >= (retired.get(policyId) ?? '9999')) return false;
    const published = policies.get(policyId) ?? [];
    const version = published.findLast((one) => str(one.data.effectiveFrom) <= day && knew(cost, one));
    return (version?.data.content as { hardStop?: boolean } | undefined)?.hardStop === true;
  };
  for (const told of events) {
    const { type, category, id, data } = told;
    if (type === 'PolicyPublished') at(policies, id, () => []).push(told);
    if (type === 'PolicyRetired') retired.set(id, str(data.on));
    if (type === 'ContractDrafted' && data.policyId) policyOf.set(id, str(data.policyId));
    if (type === 'BudgetSet') at(budgets, `${id}.${num(data.year)} ${str(data.category)}`, () => []).push(told);
    if (category !== 'fleetLedger') continue;
    const book = at(books, id, () => ({ costs: new Map(), closed: false }));
    const bookedIn = (kind: string) =>
      sum([...book.costs.values()].map((cost) => (cost.category === kind && !cost.reversed ? cost.krw : 0)));
    expect(!book.closed, `ledger ${id}: ${type} after its year was closed`);
    const kind = str(data.category);
    const costId = str(data.costId);
    if (type === 'CostBooked') {
      expect(!book.costs.has(costId), `ledger ${id}: cost ${costId} booked twice`);
      book.costs.set(costId, { category: kind, krw: krwOf(told), reversed: false });
      const set = budgets.get(`${id} ${kind}`)?.findLast((one) => knew(told, one));
      const budget = set && num(set.data.amountKrw);
      const isOver = budget !== undefined && bookedIn(kind) > budget;
      const stopped = isOver && stops(id.split('.')[0] ?? '', told);
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
