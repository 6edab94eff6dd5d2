import type { Line } from './model.ts';

type Rate = { readonly category: string; readonly ratePerHourKrw: number };
export type TodaysPrices = {
  /** The posted rates of the day the estimate was drawn up, and those of today. */
  readonly ratesThen: readonly Rate[];
  readonly rates: readonly Rate[];
  /** What the catalogue asks for a part today. */
  readonly parts: ReadonlyMap<string, number>;
};
type Priced = {
  readonly id: string;
  readonly partNo: string;
  readonly prices: readonly { readonly from: string; readonly krw: number }[];
};

/** Parts an estimate names, also as another grade. */
export const partIdsOf = (lines: readonly Line[]): readonly string[] =>
  [
    ...new Set(lines.flatMap(({ partId, alternatives }) => [partId, ...(alternatives ?? []).map((one) => one.partId)])),
  ].filter((id) => id !== null);

/** The last price of each part that was decided and has begun, by its id, and by its number if no other part bears it. */
export const pricesOn = (parts: readonly Priced[], day: string): ReadonlyMap<string, number> =>
  new Map(
    parts.flatMap(({ id, partNo, prices }) => {
      const price = prices.filter(({ from }) => from <= day).at(-1);
      const names = parts.filter((one) => one.partNo === partNo).length === 1 ? [id, partNo] : [id];
      return price ? names.map((name) => [name, price.krw] as const) : [];
    }),
  );

/** A line as it is offered today: labour at the posted rate of its category, parts as the catalogue has them. */
export const atTodaysPrices = (line: Line, { ratesThen, rates, parts }: TodaysPrices): Line => {
  const rateKrw = (): number | null => {
    const category = ratesThen.find(({ ratePerHourKrw }) => ratePerHourKrw === line.rateKrw)?.category;
    const rate = rates.find((one) => one.category === category) ?? rates[0];
    return rate?.ratePerHourKrw ?? line.rateKrw;
  };
  if (line.kind === 'labour') return { ...line, rateKrw: rateKrw() };
  if (line.kind !== 'part') return line;
  const priceOf = (partId: string | null, krw: number): number => (partId ? parts.get(partId) : undefined) ?? krw;
  const unitPriceKrw = priceOf(line.partId, line.unitPriceKrw);
  return {
    ...line,
    unitPriceKrw,
    alternatives:
      line.alternatives?.map((choice) => ({
        ...choice,
        unitPriceKrw: choice.grade === line.grade ? unitPriceKrw : priceOf(choice.partId, choice.unitPriceKrw),
      })) ?? null,
  };
};
