import { Readable } from 'node:stream';
import type { Row } from '@cargoro/projections';
import { z } from 'zod';
import type { AuditedExports, Pages } from '../audit/exports.ts';
import { badArgument, ReadError } from '../errors.ts';
import { mostRows } from '../paging.ts';
import { queries } from '../queries/index.ts';
import type { QueryDef, ReadApi, Viewer } from '../types.ts';
import { type Route, route } from './route.ts';

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

/** Every list as a download that streams page by page; memory stays flat whatever its length. */
export const exportRoutes = (api: ReadApi, audits: AuditedExports): readonly Route[] => [
  route({
    path: '/exports/{query}',
    summary:
      'A whole list as CSV or JSON lines; `args` are its arguments as JSON. With its `caseId` it is evidence of an audit and recorded in it',
    input: z.object({
      query: z.string(),
      format: z.enum(['csv', 'jsonl']).default('csv'),
      args: z.string().default('{}'),
      caseId: z.string().max(64).optional(),
    }),
    downloads: Object.values(types),
    answer: async ({ query, format, args, caseId }, viewer) => {
      const def = queries.find(({ name, shape }) => name === query && shape === 'connection');
      if (!def) throw new ReadError('NOT_FOUND', `There is no list ${query}`);
      const given = argsOf(args);
      const evidence = await audits.begin({ def, given, caseId }, viewer);
      const rows = rowsOf(api, def, given, viewer);
      const pages = evidence ? evidence.counted(rows) : rows;
      // The first page is read before the answer begins, so that a wrong question is not a broken download.
      const first = await pages.next();
      const lines = format === 'csv' ? csvLines(def, first, pages) : jsonLines(first, pages);
      return {
        stream: Readable.from(evidence ? evidence.recorded(lines) : lines, { objectMode: false }),
        type: types[format],
        filename: `${query}.${format}`,
        ...(evidence && { headers: { 'x-cargoro-export': evidence.exportId } }),
      };
    },
  }),
];

const argsOf = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw badArgument('args', 'Use a JSON object, such as {"filter":{"status":["paid"]}}');
};

async function* rowsOf(api: ReadApi, def: QueryDef, args: Record<string, unknown>, viewer: Viewer): Pages {
  let after: string | null = null;
  do {
    const page = await api.page(def, args, { first: mostRows, after }, viewer);
    yield page.rows;
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return undefined;
}

async function* eachPage(first: Awaited<ReturnType<Pages['next']>>, rest: Pages): AsyncGenerator<readonly Row[]> {
  if (first.value) yield first.value;
  yield* rest;
}
async function* jsonLines(first: Awaited<ReturnType<Pages['next']>>, rest: Pages): AsyncGenerator<string> {
  for await (const rows of eachPage(first, rest)) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
async function* csvLines(
  { readModel }: QueryDef,
  first: Awaited<ReturnType<Pages['next']>>,
  rest: Pages,
): AsyncGenerator<string> {
  const names = readModel.columns.map(({ name }) => name).filter((name) => name !== 'state' && name !== 'partyKeys');
  // A byte-order mark, or spreadsheets take Korean for something else.
  yield `\ufeff${names.join(',')}\r\n`;
  for await (const rows of eachPage(first, rest))
    yield rows.map((row) => `${names.map((name) => csvField(row[name])).join(',')}\r\n`).join('');
}

/** Quoted where needed; a leading formula sign is defused, as people open these files in spreadsheets. */
export const csvField = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
