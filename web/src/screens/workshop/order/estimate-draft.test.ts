import { describe, expect, it } from 'vitest';
import { blankLine, draftOf, inputOf, linesOfService, totalsOfDraft } from './estimate-draft.ts';

const pads = {
  serviceCode: 'PADF',
  name: '앞 브레이크패드',
  standardHours: 0.9,
  partsHint: ['앞 패드 세트'],
  estimateExempt: false,
};

describe('Writing an estimate', () => {
  it('turns a service of the menu into its labour at the posted rate and a line for each part', () => {
    const [labour, part] = linesOfService(pads, 'owner', 50_000);
    expect(labour).toMatchObject({ kind: 'labour', name: '앞 브레이크패드', hours: '0.9', rateKrw: '50000' });
    expect(part).toMatchObject({ kind: 'part', name: '앞 패드 세트', serviceCode: 'PADF' });
  });

  it('counts VAT once on the sum and rounds it down', () => {
    const line = { ...blankLine('fee', 'owner', 0), unitPriceKrw: '100,005' };
    expect(totalsOfDraft([line])).toEqual({ supplyKrw: 100_005, vatKrw: 10_000, totalKrw: 110_005 });
  });

  it('takes a discount off, whatever its sign', () => {
    const fee = { ...blankLine('fee', 'owner', 0), unitPriceKrw: '50000' };
    const off = { ...blankLine('discount', 'owner', 0), unitPriceKrw: '5000' };
    expect(totalsOfDraft([fee, off]).supplyKrw).toBe(45_000);
  });

  it('offers every grade that has a price, the chosen one among them', () => {
    const line = {
      ...blankLine('part', 'owner', 0),
      name: '앞 패드',
      prices: { oem: '60000', certifiedAlt: '39000', reman: '', used: '' },
      grade: 'certifiedAlt' as const,
    };
    expect(inputOf(line)).toMatchObject({
      grade: 'certifiedAlt',
      unitPriceKrw: 39_000,
      alternatives: [
        { grade: 'oem', unitPriceKrw: 60_000 },
        { grade: 'certifiedAlt', unitPriceKrw: 39_000 },
      ],
    });
  });

  it('keeps which part of the catalogue each grade is', () => {
    const alternatives = [
      { grade: 'oem', unitPriceKrw: 60_000, partId: 'oem-pad' },
      { grade: 'reman', unitPriceKrw: 30_000, partId: 'reman-pad' },
    ];
    const sent = { ...inputOf(blankLine('part', 'owner', 0)), partId: 'oem-pad', grade: 'oem', unitPriceKrw: 60_000 };
    const none = { serviceCode: null, hours: null, rateKrw: null, findingId: null };
    const draft = draftOf({ ...sent, ...none, alternatives } as never);
    expect(inputOf(draft)).toMatchObject({ partId: 'oem-pad', alternatives });
    expect(inputOf({ ...draft, grade: 'reman' })).toMatchObject({ partId: 'reman-pad', unitPriceKrw: 30_000 });
  });

  it('starts the next version from the last one, with the same line ids and amounts', () => {
    const line = { ...blankLine('labour', 'owner', 45_000), name: '점검', hours: '2' };
    const sent = {
      ...inputOf(line),
      partId: null,
      grade: null,
      serviceCode: null,
      alternatives: null,
      findingId: null,
    } as Parameters<typeof draftOf>[0];
    expect(totalsOfDraft([draftOf(sent)])).toEqual(totalsOfDraft([line]));
    expect(draftOf(sent).lineId).toBe(line.lineId);
  });
});
