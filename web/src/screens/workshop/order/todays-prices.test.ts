import { describe, expect, it } from 'vitest';
import { isExpired, type Line } from './model.ts';
import { atTodaysPrices, partIdsOf, pricesOn } from './todays-prices.ts';

const line = (given: Partial<Line>): Line => ({
  ...{ lineId: 'l', kind: 'fee', name: null, serviceCode: null, partId: null, grade: null, qty: 1, hours: null },
  ...{ rateKrw: null, unitPriceKrw: 0, payer: 'owner', taxable: true, findingId: null, alternatives: null },
  ...given,
});
const rate = (category: string, ratePerHourKrw: number) => ({ category, ratePerHourKrw });
const prices = {
  ratesThen: [rate('general', 50_000), rate('electric', 70_000)],
  rates: [rate('general', 70_000), rate('electric', 80_000)],
  parts: new Map([
    ['oem-pad', 66_000],
    ['reman-pad', 31_000],
  ]),
};

describe('An estimate nobody answered in time', () => {
  it('is offered again at the posted rate of each line’s category', () => {
    const rateOf = (rateKrw: number) => atTodaysPrices(line({ kind: 'labour', hours: 1, rateKrw }), prices).rateKrw;
    expect([rateOf(50_000), rateOf(70_000)]).toEqual([70_000, 80_000]);
    // Nobody posts it any more: a rate that is not posted would be refused.
    expect(rateOf(45_000)).toBe(70_000);
  });

  it('is offered again at the catalogue’s prices, each grade at its own', () => {
    const part = line({
      ...{ kind: 'part', partId: 'oem-pad', grade: 'oem', unitPriceKrw: 60_000 },
      alternatives: [
        { grade: 'oem', unitPriceKrw: 60_000, partId: null },
        { grade: 'reman', unitPriceKrw: 30_000, partId: 'reman-pad' },
        { grade: 'used', unitPriceKrw: 20_000, partId: 'not-listed' },
      ],
    });
    expect(partIdsOf([part, line({})])).toEqual(['oem-pad', 'reman-pad', 'not-listed']);
    expect(atTodaysPrices(part, prices)).toMatchObject({
      unitPriceKrw: 66_000,
      alternatives: [{ unitPriceKrw: 66_000 }, { unitPriceKrw: 31_000 }, { unitPriceKrw: 20_000 }],
    });
    const fee = line({ unitPriceKrw: 9_000 });
    expect(atTodaysPrices(fee, prices)).toEqual(fee);
  });

  it('takes of a part’s prices the last that has begun', () => {
    const part = {
      ...{ id: 'p', partNo: 'P-1' },
      prices: [
        { from: '2025-01-01', krw: 1 },
        { from: '2025-06-30', krw: 2 },
        { from: '2025-07-01', krw: 3 },
      ],
    };
    expect(pricesOn([part], '2025-06-30')).toEqual(
      new Map([
        ['p', 2],
        ['P-1', 2],
      ]),
    );
    const namesake = { ...part, id: 'q', prices: [] };
    expect(pricesOn([part, namesake], '2025-06-30')).toEqual(new Map([['p', 2]]));
    expect(pricesOn([part], '2024-12-31')).toEqual(new Map());
  });

  it('is expired from the moment an answer would be refused', () => {
    const sent = { state: 'sent', dueAt: '2025-06-30T03:00:00.000Z' };
    const at = (time: string) => Date.parse(time);
    expect(isExpired(sent, at('2025-06-30T02:59:59.000Z'))).toBe(false);
    expect(isExpired(sent, at('2025-06-30T03:00:01.000Z'))).toBe(true);
    expect(isExpired({ ...sent, state: 'answered' }, at('2025-07-30T00:00:00.000Z'))).toBe(false);
    expect(isExpired({ state: 'expired', dueAt: null }, 0)).toBe(true);
    expect(isExpired(undefined, 0)).toBe(false);
  });
});
