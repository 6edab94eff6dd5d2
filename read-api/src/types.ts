import type { Actor, Locale, Role, Text } from '@cargoro/domain';
import type { AnyReadModel, Row } from '@cargoro/projections';
import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';

/** Who asks. `partyKeys` is what tenancy filters by; it comes from the actor alone, never from arguments. */
export type Viewer = {
  readonly actor: Actor;
  readonly partyKeys: readonly string[];
  readonly locale: Locale;
  /** Emergency access: `actor` then stands for an owner of the organisation that is looked into, and may only read. */
  readonly breakGlass?: BreakGlassReading | undefined;
};
export type BreakGlassReading = {
  readonly caseId: string;
  /** The member of the platform's staff who reads. */
  readonly by: Actor;
  readonly until: string;
};

/** A query as data; the gateway derives the GraphQL field, its arguments and its types from it. */
export type QueryDef<Args extends z.ZodObject = z.ZodObject> = {
  readonly name: string;
  readonly doc: Text;
  readonly readModel: AnyReadModel;
  readonly shape: 'one' | 'connection';
  /** Besides `minPosition`, and `first`/`after` of a connection. */
  readonly args: Args;
  /** Who may ask at all; everybody signed in when absent. Rows are filtered by party in any case. */
  readonly roles?: readonly Role[];
  /** The condition the arguments mean; tenancy is added by the runner and cannot be left out. */
  readonly where: (args: z.infer<Args>, viewer: Viewer) => SQL | undefined;
  /** Keyset order: columns, newest first with `desc`. The id is always the last one. */
  readonly orderBy: readonly { readonly column: string; readonly desc?: boolean }[];
  /** Rows everybody signed in may see (free slots); the read model holds nothing private then. */
  readonly open?: boolean;
  /** Adds what no event ever wrote (days without bookings); such a list has one page. */
  readonly complete?: Complete;
};
export type Complete = (
  rows: readonly Row[],
  args: Record<string, unknown>,
  byKeys: (readModel: AnyReadModel, keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
) => Promise<readonly Row[]>;

/** A live query: rows of a read model whose scope matches the arguments. */
export type SubscriptionDef<Args extends z.ZodObject = z.ZodObject> = {
  readonly name: string;
  readonly doc: Text;
  readonly readModel: AnyReadModel;
  /** Besides `afterPosition`. */
  readonly args: Args;
  readonly roles?: readonly Role[];
  /** Scope columns and the values they must have, e.g. `{ workshopId }` or `{ id }`; `partyKeys` must hold its value. */
  readonly match: (args: z.infer<Args>, viewer: Viewer) => Readonly<Record<string, string>>;
  readonly open?: boolean;
};

export type Page = {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
};
export type Moment = { readonly revision?: string; readonly recordedAt?: string; readonly occurredAt?: string };
export type FieldChange = { readonly path: string; readonly before: unknown; readonly after: unknown };
export type HistoryEntry = {
  readonly eventId: string;
  readonly type: string;
  readonly revision: string;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly command: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly deviceId: string | null;
  /** Data of the event, personal fields opened only for those who may see them, else masked. */
  readonly data: unknown;
};

/** Reading as the gateway and the HTTP API use it. */
export type ReadApi = {
  one(def: QueryDef, args: Record<string, unknown>, viewer: Viewer): Promise<Row | null>;
  page(
    def: QueryDef,
    args: Record<string, unknown>,
    paging: {
      first: number;
      after: string | null;
      /** What will be shown of the rows, when that is known: columns besides need not be read. */
      fields?: readonly string[] | undefined;
    },
    viewer: Viewer,
  ): Promise<Page>;
  /** How many rows all pages have together. */
  count(def: QueryDef, args: Record<string, unknown>, viewer: Viewer): Promise<number>;
  /** The cursor of one row of a page, for clients that continue in its middle. */
  cursorOf(def: QueryDef, row: Row): string;
  /** Rows the viewer may see among these keys; one statement. */
  byKeys(
    readModel: AnyReadModel,
    keys: readonly string[],
    viewer: Viewer,
    open?: boolean,
  ): Promise<ReadonlyMap<string, Row>>;
  /** Rows matching a subscription that changed after a position, in position order: what was missed. */
  changedSince(
    def: SubscriptionDef,
    args: Record<string, unknown>,
    position: bigint,
    viewer: Viewer,
  ): Promise<readonly Row[]>;
  /** How far the read model has got: where a live query starts when the client names no position. */
  position(readModel: AnyReadModel): Promise<bigint>;
  /** Waits until the read model has passed the position; false when it has not within the time. */
  waitFor(readModel: AnyReadModel, position: bigint, timeoutMs: number): Promise<boolean>;
  history(
    readModel: AnyReadModel,
    id: string,
    paging: { first: number; after: string | null },
    viewer: Viewer,
  ): Promise<{
    readonly entries: readonly HistoryEntry[];
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
  }>;
  asOf(readModel: AnyReadModel, id: string, moment: Moment, viewer: Viewer): Promise<Row | null>;
  diff(readModel: AnyReadModel, id: string, from: Moment, to: Moment, viewer: Viewer): Promise<readonly FieldChange[]>;
};
