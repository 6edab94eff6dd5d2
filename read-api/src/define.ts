import { type Actor, DateTime, type Locale, partyKey, partyKeysOf } from '@cargoro/domain';
import type { AnyReadModel } from '@cargoro/projections';
import { and, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
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

/** The condition a filter means: `time` is the list's time column, `text` the columns searched. */
export const matches = (
  { table }: AnyReadModel,
  { status, from, to, text, partyOrgId }: RecordFilter = {},
  columns: { readonly time: string; readonly text: readonly string[] },
): SQL | undefined => {
  const column = (name: string) => {
    const found = table[name];
    if (!found) throw new Error(`No column ${name}`);
    return found;
  };
  return and(
    status?.length ? inArray(column('status'), status) : undefined,
    from ? gte(column(columns.time), from) : undefined,
    to ? lt(column(columns.time), to) : undefined,
    text
      ? or(...columns.text.map((name) => sql`${column(name)} ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`))
      : undefined,
    partyOrgId ? sql`${column('partyKeys')} @> array[${`org:${partyOrgId}`}]` : undefined,
  );
};

export const byId = z.object({ id: z.string().min(1).max(130) });
export const whereId =
  ({ table }: AnyReadModel) =>
  ({ id }: { id: string }): SQL =>
    eq(table.id!, id);
