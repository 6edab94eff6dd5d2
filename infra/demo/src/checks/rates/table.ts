import type { MeasuredRate } from './rate.ts';

const cells = ({ name, said, found, of, unit }: MeasuredRate): readonly [string, string, string, string] => [
  name,
  `${said}${unit && ` ${unit}`}`,
  `${found.toFixed(2)}${unit && ` ${unit}`}`,
  of.toLocaleString('en'),
];

/** `offers: accepted: said 66 %, found 65.80 % of 2,574`. */
export const rateLine = (rate: MeasuredRate): string => {
  const [name, said, found, of] = cells(rate);
  return `${name}: said ${said}, found ${found} of ${of}`;
};

/** The rates one below the other. */
export const ratesTable = (rates: readonly MeasuredRate[]): string => {
  const rows = [['rate', 'said', 'found', 'n'] as const, ...rates.map(cells)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
};
