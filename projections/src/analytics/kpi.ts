import { type Text, text } from '@cargoro/domain';

/**
 * A figure with its written formula. `sql` gives one measurement a row from the read models, in these columns: `id`,
 * `stream` and `position` (where it comes from), `at`, `org_id` (whose it is), `numerator`, `denominator`, and the cuts as
 * text. The figure is the sum of the numerators over the sum of the denominators.
 */
export type Kpi = {
  readonly name: string;
  readonly doc: Text;
  readonly formula: string;
  readonly unit: 'h' | 'days' | 's' | 'ratio' | 'KRW/km' | 'KRW/h' | 'turns';
  /** Rises with the formula, so that last year's figure is known by what it was counted with. */
  readonly version: number;
  readonly cuts: readonly string[];
  readonly sql: string;
  /** Formulas it was counted by before, so that last year’s figure can be counted again as it was. */
  readonly former: readonly Formula[];
};
export type Formula = Pick<Kpi, 'formula' | 'version' | 'cuts' | 'sql'>;
type Measure = {
  readonly from: string;
  readonly at: string;
  readonly org: string;
  readonly numerator: string;
  readonly denominator?: string;
  readonly cuts: Readonly<Record<string, string>>;
  readonly where?: string;
};
type Words = Pick<Kpi, 'name' | 'formula' | 'unit'> & {
  readonly ko: string;
  readonly en: string;
  readonly version?: number;
};

/** Declares a figure; `from` names its read model `r`, and whatever else it needs. */
export const kpi = (
  { ko, en, version = 1, ...words }: Words,
  measure: Measure,
  former: readonly Formula[] = [],
): Kpi => {
  const { from, at, org, numerator, denominator = '1', cuts, where = 'true' } = measure;
  const columns = Object.entries(cuts).map(([name, sql]) => `, (${sql})::text as ${name}`);
  return {
    ...{ ...words, version, doc: text(ko, en), cuts: Object.keys(cuts), former },
    sql: `select r.id, r.stream, r.position, (${at})::timestamptz as at, (${org})::text as org_id,
      (${numerator})::float8 as numerator, (${denominator})::float8 as denominator${columns.join('')}
      from ${from} where (${at}) is not null and (${where})`,
  };
};
/** Hours between two moments. */
export const hours = (from: string, to: string): string => `extract(epoch from (${to}) - (${from})) / 3600`;
export const isTrue = (condition: string): string => `case when ${condition} then 1 else 0 end`;
export const seoulDay = (moment: string): string => `((${moment}) at time zone 'Asia/Seoul')::date`;
/** Kilometres as the crow flies between two places (`{lat, lon}` in JSON). */
export const kmBetween = (a: string, b: string): string => {
  const radians = (place: string, axis: string) => `radians((${place}->>'${axis}')::float8)`;
  const [lat, other] = [radians(a, 'lat'), radians(b, 'lat')];
  const lon = `${radians(b, 'lon')} - ${radians(a, 'lon')}`;
  return `(6371 * acos(least(1, sin(${lat}) * sin(${other}) + cos(${lat}) * cos(${other}) * cos(${lon}))))`;
};
