import { type Actor, DateTime, type Locale, partyKey, partyKeysOf, seoulDay } from '@cargoro/domain';
import type { AnyReadModel } from '@cargoro/projections';
import { and, arrayContains, eq, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { badArgument } from './errors.ts';
import type { QueryDef, SubscriptionDef, Viewer } from './types.ts';

/** Declares a query; its arguments are checked against `args` before `where` sees them. */
export const query = <Args extends z.ZodObject>(def: QueryDef<Args>): QueryDef => def as unknown as QueryDef;
export const subscription = <Args extends z.ZodObject>(def: SubscriptionDef<Args>): SubscriptionDef =>
  def as unknown as SubscriptionDef;

/** Staff of the platform sees the directory and metadata of everybody, never the content of records. */
const platformRoles: ReadonlySet<string> = new Set(['PLATFORM_ADMIN', 'PLATFORM_SUPPORT', 'PLATFORM_AUDITOR']);

/** Drivers read what they are party to themselves: their offers, jobs and shifts, not those of their company. */
const forThemselves: ReadonlySet<string> = new Set(['DRIVER']);

/** The one way to make a viewer: what a person may see follows from who signed in, and from nothing else. */
export const viewerOf = (actor: Actor, locale: Locale = 'ko'): Viewer => ({
  actor,
  locale,
  partyKeys: [
    ...partyKeysOf(actor).filter((key) => !(actor.role && forThemselves.has(actor.role) && key.startsWith('org:'))),
    'anyone',
    ...(actor.role && platformRoles.has(actor.role) ? ['platform'] : []),
  ],
});

/** The filter every list takes. `from` is inclusive and `to` exclusive, on the list's own time. */
export const RecordFilter = z
  .object({
    status: z.array(z.string().max(40)).max(20).optional(),
    from: DateTime.optional(),
    to: DateTime.optional(),
    text: z.string().trim().min(1).max(100).optional(),
    partyOrgId: z.string().max(64).optional(),
  })
  .meta({ id: 'RecordFilter' });
export type RecordFilter = z.infer<typeof RecordFilter>;
export const filtered = z.object({ filter: RecordFilter.optional() });

/** Rows with an organisation among their parties, whichever side of them it is on. */
export const ofParty = ({ orgId }: { readonly orgId: string }): Record<string, string> => ({
  partyKeys: partyKey({ kind: 'org', id: orgId }),
});

/** What the fields of a filter mean for the rows of a list. */
export type Meaning = {
  /** The list's own time: a moment, or the day, month or year a row is about. */
  readonly time: string;
  /** Where a text is looked for. */
  readonly text: readonly (string | SQL)[];
  /** What is a row's status; the column of that name when absent, null where rows are in no state. */
  readonly status?: string | SQL | null;
};

/** The condition a filter means. A party of the row decides for `partyOrgId`, or of its stream where tenancy asks those. */
export const matches = (
  model: AnyReadModel,
  { status, from, to, text, partyOrgId }: RecordFilter = {},
  meaning: Meaning,
): SQL | undefined => {
  const { time, status: state = 'status', text: searched } = meaning;
  if (status?.length && state === null) throw badArgument('filter.status', 'These rows have no status');
  if (text && searched.length === 0) throw badArgument('filter.text', 'These rows have no text');
  const pattern = `%${text?.replace(/[\\%_]/g, '\\$&')}%`;
  return and(
    status?.length && state !== null ? inArray(sqlOf(model, state), status) : undefined,
    within(model, time, { from, to }),
    text ? or(...searched.map((one) => sql`${sqlOf(model, one)}::text ilike ${pattern}`)) : undefined,
    partyOrgId ? hasParty(model, partyKey({ kind: 'org', id: partyOrgId })) : undefined,
  );
};
const columnOf = ({ name, table }: AnyReadModel, column: string) => {
  const found = table[column];
  if (!found) throw new Error(`${name} has no column ${column}`);
  return found;
};
const sqlOf = (model: AnyReadModel, one: string | SQL): SQL =>
  typeof one === 'string' ? sql`${columnOf(model, one)}` : one;
const hasParty = (model: AnyReadModel, key: string): SQL =>
  model.tenancy === 'stream'
    ? sql`exists (select from stream_party p where p.id = ${columnOf(model, 'stream')} and p.party_keys @> array[${key}])`
    : arrayContains(columnOf(model, 'partyKeys'), [key]);

const units: Readonly<Record<string, (day: string) => string | number>> = {
  day: (day) => day,
  text: (day) => day.slice(0, 7).replace('-', ''),
  int: (day) => Number(day.slice(0, 4)),
};
/** Does a day lie in the range of a filter? */
export const isWithin = (day: string, { from, to }: Pick<RecordFilter, 'from' | 'to'> = {}): boolean =>
  !(from && day < seoulDay(from)) && !(to && day > seoulDay(justBefore(to)));
const justBefore = (to: string): string => new Date(Date.parse(to) - 1).toISOString();

/** A day, month or year is in the range when any of it is, as the calendar of Seoul has it. */
const within = (model: AnyReadModel, time: string, { from, to }: Pick<RecordFilter, 'from' | 'to'>) => {
  const column = columnOf(model, time);
  const unit = units[model.columns.find(({ name }) => name === time)?.kind ?? ''];
  if (!unit) return and(from ? gte(column, from) : undefined, to ? lt(column, to) : undefined);
  return and(
    from ? gte(column, unit(seoulDay(from))) : undefined,
    to ? lte(column, unit(seoulDay(justBefore(to)))) : undefined,
  );
};

export const byId = z.object({ id: z.string().min(1).max(130) });
export const whereId =
  ({ table }: AnyReadModel) =>
  ({ id }: { id: string }): SQL =>
    eq(table.id!, id);
