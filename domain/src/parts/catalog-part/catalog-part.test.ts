import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { CatalogPart, isRecalled, priceOn } from './catalog-part.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const partId = id(1);
const list = {
  ...{ partId, supplierOrgId: id(2), partNo: '58101-ZD001', brand: '현대모비스', grade: 'oem', category: 'brake' },
  ...{
    nameKo: '앞 브레이크 패드',
    nameEn: 'Front brake pads',
    unit: 'SET',
    listPriceKrw: 60_000,
    warrantyMonths: 12,
    warrantyKm: 20_000,
  },
};
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) =>
  given(CatalogPart, ...events).when(type, { partId, ...input }, world);
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const listed = step([], 'ListPart', list);
const price = { listPriceKrw: 66_000, effectiveFrom: '2025-07-01', reason: '환율' };
const fitment = { fitmentId: id(5), make: '기아', model: '쏘렌토', yearFrom: 2020, yearTo: 2024 };

describe('CatalogPart', () => {
  it('is listed under a number its brand has once, however it is written', () => {
    when([], 'ListPart', { ...list, listPriceKrw: 0 }).refuses('PRICE_NOT_POSITIVE');
    const claimed = ['58101-ZD001', '58101 zd001', '58101ZD001'].map((partNo) => {
      const { decision } = when([], 'ListPart', { ...list, partNo });
      return decision.ok && [decision.before[0]?.data.value, decision.before[0]?.refusal];
    });
    expect(claimed).toEqual(Array(3).fill(['현대모비스.58101ZD001', 'PART_NO_TAKEN']));
    when(listed, 'ListPart', list).refuses('ALREADY_EXISTS');
  });

  it('changes its price from a day on; a jump takes a second person', () => {
    when(listed, 'ChangePrice', { ...price, listPriceKrw: 60_000 }).refuses('PRICE_UNCHANGED');
    when(listed, 'ChangePrice', { ...price, listPriceKrw: -1 }).refuses('PRICE_NOT_POSITIVE');
    when(listed, 'ChangePrice', { ...price, effectiveFrom: '2025-06-29' }).refuses('EFFECTIVE_IN_PAST');
    when(listed, 'ChangePrice', { ...price, listPriceKrw: 78_000 }).emits('PriceChanged');
    for (const listPriceKrw of [78_001, 41_999]) {
      const admin = { actor: { kind: 'user', id: id(8), role: 'PARTS_MANAGER' } } as const;
      when(listed, 'ChangePrice', { ...price, listPriceKrw }, admin).refuses('JUMP_NEEDS_APPROVAL');
      when(listed, 'ChangePrice', { ...price, listPriceKrw, approverId: id(8) }, admin).refuses('JUMP_NEEDS_APPROVAL');
      when(listed, 'ChangePrice', { ...price, listPriceKrw, approverId: id(9) }, admin).emits('PriceChanged');
    }
    const state = when(listed, 'ChangePrice', price).state();
    expect(['2025-06-29', '2025-06-30', '2025-07-01'].map((day) => priceOn(state, day))).toEqual([
      undefined,
      60_000,
      66_000,
    ]);
    expect(when(listed, 'ChangePrice', price).emits('PriceChanged')[0]?.data.before).toBe(60_000);
  });

  it('knows what it fits, each once', () => {
    when(listed, 'AddFitment', { ...fitment, yearTo: 2019 }).refuses('YEARS_INVERTED');
    const fits = step(listed, 'AddFitment', fitment);
    when(fits, 'AddFitment', { ...fitment, model: '카니발' }).refuses('DUPLICATE_FITMENT');
    when(fits, 'AddFitment', { ...fitment, fitmentId: id(6) }).refuses('DUPLICATE_FITMENT');
    when(fits, 'AddFitment', { ...fitment, fitmentId: id(6), engine: '2.2 디젤' }).emits('FitmentAdded');
    when(listed, 'RemoveFitment', { fitmentId: id(5), reason: '오기' }).refuses('FITMENT_UNKNOWN');
    when(step(fits, 'RemoveFitment', { fitmentId: id(5), reason: '오기' }), 'AddFitment', fitment).emits(
      'FitmentAdded',
    );
  });

  it('is superseded, but never in a circle', () => {
    const part = (n: number, by?: number) => ({
      aggregate: CatalogPart,
      id: id(n),
      events: [...listed, ...(by ? [{ type: 'PartSuperseded', data: { partId: id(n), byPartId: id(by) } }] : [])],
    });
    when(listed, 'SupersedePart', { byPartId: partId }).refuses('SUPERSESSION_CYCLE');
    when(listed, 'SupersedePart', { byPartId: id(2) }).refuses('NOT_FOUND');
    when(listed, 'SupersedePart', { byPartId: id(2) }, { facts: [part(2, 3), part(3)] }).emits('PartSuperseded');
    when(listed, 'SupersedePart', { byPartId: id(2) }, { facts: [part(2, 3), part(3, 1)] }).refuses(
      'SUPERSESSION_CYCLE',
    );
    const gone = step(listed, 'SupersedePart', { byPartId: id(2) }, { facts: [part(2)] });
    when(gone, 'ChangePrice', price).refuses('WRONG_STATE');
    when(gone, 'SupersedePart', { byPartId: id(3) }).refuses('WRONG_STATE');
  });

  it('is discontinued', () => {
    const gone = step(listed, 'DiscontinuePart', { on: '2025-12-31' });
    when(gone, 'ChangePrice', price).refuses('WRONG_STATE');
    when(gone, 'DiscontinuePart', { on: '2025-12-31' }).refuses('WRONG_STATE');
  });

  it('is recalled, whole or by lots, until the recall is lifted', () => {
    when(listed, 'LiftRecall', {}).refuses('NOT_RECALLED');
    const some = when(listed, 'RecallPart', { reason: '균열', lots: ['L1'] });
    expect([isRecalled(some.state(), 'L1'), isRecalled(some.state(), 'L2'), isRecalled(some.state())]).toEqual([
      true,
      false,
      true,
    ]);
    const all = step(listed, 'RecallPart', { reason: '균열', lots: [] });
    expect(isRecalled(when(all, 'LiftRecall', {}).state())).toBe(false);
    expect(isRecalled(when(listed, 'RecallPart', { reason: '균열', lots: [] }).state(), 'L2')).toBe(true);
  });

  it('keeps the laws', () =>
    checkLaws(CatalogPart, {
      world: { facts: [{ aggregate: CatalogPart, id: id(2), events: listed }] },
      samples: {
        ListPart: [list],
        ChangePrice: [{ partId, ...price }],
        AddFitment: [{ partId, ...fitment }],
        SupersedePart: [{ partId, byPartId: id(2) }],
      },
    }));
});
