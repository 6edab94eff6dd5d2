import { Readable } from 'node:stream';
import { DateTime, type Role } from '@cargoro/domain';
import { type Kpi, kpis } from '@cargoro/projections';
import { z } from 'zod';
import { asViewer } from '../as-viewer.ts';
import { badArgument, ReadError } from '../errors.ts';
import type { Viewer } from '../types.ts';
import { csvField } from './exports.ts';
import { type ProofDeps, type Route, route } from './route.ts';

const readers: readonly Role[] = [
  'ANALYST',
  'AUDITOR',
  'WORKSHOP_OWNER',
  'WORKSHOP_ACCOUNTANT',
  'FLEET_MANAGER',
  'FLEET_APPROVER',
  'FLEET_ACCOUNTANT',
  'PARTS_MANAGER',
  'DISPATCHER',
  'PLATFORM_ADMIN',
  'PLATFORM_AUDITOR',
];
const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;
/** A drill-down lists no more measurements than this. */
const most = 10_000;

type Group = { by: string | null; value: number | null; numerator: number; denominator: number; measurements: string };
type Measurement = { stream: string; position: string; at: string; numerator: number; denominator: number };
type Asked = { readonly from: string; readonly to: string };

const kpiOf = (name: string): Kpi => {
  const found = kpis.find((one) => one.name === name);
  if (!found) throw new ReadError('NOT_FOUND', `There is no figure ${name}`);
  return found;
};
/** The figure as the formula of that version counts it; the present one when none is named. */
const countedBy = (kpi: Kpi, version: number | undefined): Kpi => {
  const found = [kpi, ...kpi.former].find((one) => version === undefined || one.version === version);
  if (!found) throw badArgument('version', `${kpi.name} has the formulas ${versionsOf(kpi).join(', ')}`);
  return { ...kpi, ...found };
};
const versionsOf = ({ version, former }: Kpi): readonly number[] => [version, ...former.map((one) => one.version)];
const cutOf = ({ name, cuts }: Kpi, by: string | undefined): string => {
  if (by === undefined) return 'null';
  if (!cuts.includes(by)) throw badArgument('by', `${name} is cut by ${cuts.join(', ')}`);
  return by;
};
const described = ({ name, doc, formula, unit, version, cuts }: Kpi) => ({ name, doc, formula, unit, version, cuts });
const listed = (kpi: Kpi) => ({ ...described(kpi), versions: versionsOf(kpi) });

const between = 'where at >= $1 and at < $2';
const measurements = (deps: Pick<ProofDeps, 'pool'>, viewer: Viewer, { sql, cuts }: Kpi, { from, to }: Asked) =>
  asViewer<Measurement & Record<string, unknown>>(
    deps.pool,
    viewer,
    `select ${['stream', 'position', 'at', 'numerator', 'denominator', ...cuts].join(', ')} from (${sql}) m ${between}
     order by at, position limit ${most}`,
    [from, to],
  );
const named = z.object({
  name: z.string().max(80),
  version: z.coerce.number().int().optional(),
  from: DateTime.default('2000-01-01T00:00:00Z'),
  to: DateTime.default('2199-12-31T00:00:00Z'),
});

/** Figures with their formula, unit and version, and the events behind each. */
export const kpiRoutes = (deps: Pick<ProofDeps, 'pool'>): readonly Route[] => [
  route({
    path: '/kpi',
    summary: 'Every figure with its formula, unit, version and cuts',
    roles: readers,
    input: z.object({}),
    answer: async () => ({ kpis: kpis.map(listed) }),
  }),
  route({
    path: '/kpi/{name}',
    summary: 'A figure from a moment to another, whole or by one of its cuts',
    roles: readers,
    input: named.extend({ by: z.string().max(40).optional() }),
    answer: async ({ name, version, from, to, by }, viewer) => {
      const kpi = countedBy(kpiOf(name), version);
      const groups = await asViewer<Group>(
        deps.pool,
        viewer,
        `select ${cutOf(kpi, by)} as by, sum(numerator) / nullif(sum(denominator), 0) as value, sum(numerator) as numerator,
           sum(denominator) as denominator, count(*) as measurements from (${kpi.sql}) m ${between} group by 1 order by 1`,
        [from, to],
      );
      const whole = groups.map((group) => ({ ...group, measurements: Number(group.measurements) }));
      return { ...described(kpi), from, to, by: by ?? null, groups: whole };
    },
  }),
  route({
    path: '/kpi/{name}/measurements',
    summary: 'What a figure is made of: stream and position of the events behind each measurement',
    roles: readers,
    input: named.extend({ format: z.enum(['json', 'csv', 'jsonl']).default('json') }),
    downloads: Object.values(types),
    answer: async ({ name, version, from, to, format }, viewer) => {
      const kpi = countedBy(kpiOf(name), version);
      const rows = await measurements(deps, viewer, kpi, { from, to });
      if (format === 'json') return { ...described(kpi), from, to, measurements: rows };
      return { stream: Readable.from(linesOf(kpi, rows, format)), type: types[format], filename: `${name}.${format}` };
    },
  }),
];

function* linesOf({ cuts }: Kpi, rows: readonly Record<string, unknown>[], format: 'csv' | 'jsonl'): Generator<string> {
  const names = ['stream', 'position', 'at', 'numerator', 'denominator', ...cuts];
  if (format === 'csv') yield `\ufeff${names.join(',')}\r\n`;
  for (const row of rows)
    yield format === 'csv' ? `${names.map((name) => csvField(row[name])).join(',')}\r\n` : `${JSON.stringify(row)}\n`;
}
