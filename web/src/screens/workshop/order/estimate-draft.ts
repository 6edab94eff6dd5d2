import { type Totals, totalsOf } from '@cargoro/domain/estimate';
import { newId } from '../../../kit/ids.ts';
import { amountOfLine, type Line } from './model.ts';

export type Grade = 'oem' | 'certifiedAlt' | 'reman' | 'used';
export const grades: readonly Grade[] = ['oem', 'certifiedAlt', 'reman', 'used'];

/** A line as it is being written: numbers are text until they are sent. */
export type DraftLine = {
  readonly lineId: string;
  readonly kind: Line['kind'];
  readonly serviceCode: string | undefined;
  readonly partId: string | undefined;
  readonly name: string;
  readonly qty: string;
  readonly hours: string;
  readonly rateKrw: string;
  readonly unitPriceKrw: string;
  readonly grade: Grade;
  /** Parts: price by grade; a grade without a price is not offered. */
  readonly prices: Readonly<Record<Grade, string>>;
  /** Parts: which part of the catalogue each grade is, where that is known. */
  readonly gradeParts: Readonly<Partial<Record<Grade, string>>>;
  readonly payer: string;
  readonly taxable: boolean;
  readonly findingId: string | undefined;
};
export type MenuItem = {
  readonly serviceCode: string;
  readonly name: string;
  readonly standardHours: number;
  readonly partsHint: readonly string[];
  readonly estimateExempt: boolean;
};

const noPrices: DraftLine['prices'] = { oem: '', certifiedAlt: '', reman: '', used: '' };
export const blankLine = (kind: Line['kind'], payer: string, rateKrw: number): DraftLine => ({
  lineId: newId(),
  kind,
  serviceCode: undefined,
  partId: undefined,
  name: '',
  qty: '1',
  hours: kind === 'labour' ? '1' : '',
  rateKrw: kind === 'labour' ? String(rateKrw) : '',
  unitPriceKrw: '',
  grade: 'oem',
  prices: noPrices,
  gradeParts: {},
  payer,
  taxable: true,
  findingId: undefined,
});

/** A service of the menu: its labour at the posted rate, and a line for each part it hints at. */
export const linesOfService = (item: MenuItem, payer: string, rateKrw: number): readonly DraftLine[] => [
  {
    ...blankLine('labour', payer, rateKrw),
    serviceCode: item.serviceCode,
    name: item.name,
    hours: String(item.standardHours),
  },
  ...item.partsHint.map((name) => ({ ...blankLine('part', payer, rateKrw), serviceCode: item.serviceCode, name })),
];

export const numberOf = (text: string): number => {
  const value = Number(text.replaceAll(',', '').trim());
  return Number.isFinite(value) ? value : 0;
};

const priceOf = (line: DraftLine): number =>
  Math.round(numberOf(line.kind === 'part' ? line.prices[line.grade] : line.unitPriceKrw));

/** The line as the command takes it. */
export const inputOf = (line: DraftLine): Record<string, unknown> => ({
  lineId: line.lineId,
  kind: line.kind,
  ...(line.serviceCode && { serviceCode: line.serviceCode }),
  ...(line.name.trim() && { name: line.name.trim() }),
  qty: numberOf(line.qty),
  ...(line.kind === 'labour' && { hours: numberOf(line.hours), rateKrw: Math.round(numberOf(line.rateKrw)) }),
  unitPriceKrw: priceOf(line),
  ...(line.kind === 'part' && {
    partId: line.gradeParts[line.grade] ?? line.partId ?? `${line.serviceCode ?? 'PART'}-${line.lineId.slice(-6)}`,
    grade: line.grade,
    alternatives: grades
      .filter((grade) => line.prices[grade].trim() !== '')
      .map((grade) => ({
        grade,
        unitPriceKrw: Math.round(numberOf(line.prices[grade])),
        ...(line.gradeParts[grade] && { partId: line.gradeParts[grade] }),
      })),
  }),
  payer: line.payer,
  taxable: line.taxable,
  ...(line.findingId && { findingId: line.findingId }),
});

const priced = (line: DraftLine) => ({
  kind: line.kind,
  qty: numberOf(line.qty),
  hours: line.kind === 'labour' ? numberOf(line.hours) : null,
  rateKrw: line.kind === 'labour' ? Math.round(numberOf(line.rateKrw)) : null,
  unitPriceKrw: priceOf(line),
  taxable: line.taxable,
});
export const amountOfDraft = (line: DraftLine): number => amountOfLine(priced(line));

/** Totals while one types: the domain's own rule, so the sum here is the sum there. */
export const totalsOfDraft = (lines: readonly DraftLine[]): Totals =>
  totalsOf(
    lines.map(priced).map((line) => ({ ...line, hours: line.hours ?? undefined, rateKrw: line.rateKrw ?? undefined })),
  );

const text = (value: number | null): string => (value === null ? '' : String(value));

/** An earlier version as the start of the next one; lines keep their ids, so what was approved stays approved. */
export const draftOf = (line: Line): DraftLine => {
  const grade = (line.grade ?? 'oem') as Grade;
  const offered = Object.fromEntries(
    (line.alternatives ?? []).map((choice) => [choice.grade, String(choice.unitPriceKrw)]),
  );
  return {
    lineId: line.lineId,
    kind: line.kind,
    serviceCode: line.serviceCode ?? undefined,
    partId: line.partId ?? undefined,
    name: line.name ?? '',
    qty: String(line.qty),
    hours: text(line.hours),
    rateKrw: text(line.rateKrw),
    unitPriceKrw: text(line.unitPriceKrw),
    grade,
    gradeParts: Object.fromEntries(
      (line.alternatives ?? []).flatMap((choice) => (choice.partId ? [[choice.grade, choice.partId]] : [])),
    ),
    prices: { ...noPrices, ...offered, [grade]: String(line.unitPriceKrw) },
    payer: line.payer,
    taxable: line.taxable,
    findingId: line.findingId ?? undefined,
  };
};
