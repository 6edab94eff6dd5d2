import type { AnyAggregate, AnyState, Party, PartyAs, RecordedEvent, Role } from '@cargoro/domain';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { Column } from './columns.ts';

/** Columns the kit adds to every read model and keeps itself. */
export type SystemColumns = {
  readonly id: string;
  /** Stream of the record the row is about; history, as-of and allowed commands start from it. */
  readonly stream: string;
  /** Revision of that stream's last event seen, decimal. */
  readonly revision: string;
  /** Log position of the last event folded in, decimal. */
  readonly position: string;
  /** `recordedAt` of that event. */
  readonly asOf: string;
  /** In which capacity somebody is a party to the row's stream. */
  readonly parties: readonly Party[];
  /** Who may see the row: `org:…` / `user:…`, besides `anyone` and `platform` (see `ReadModelDef.seenBy`). */
  readonly partyKeys: readonly string[];
};
export type Row<T = Record<string, unknown>> = T & SystemColumns;
export type AnyRow = Row<Record<string, unknown>>;

/** A fold: the row before (undefined when there is none yet) and an event give the row after; undefined leaves it. */
export type Handler = (
  row: AnyRow | undefined,
  event: RecordedEvent,
  id: string,
) => Record<string, unknown> | undefined;

/**
 * Columns taken from a row of another read model of the same group, declared before this one: `take` is asked again
 * whenever either of the two changes.
 */
export type Join = {
  readonly from: AnyReadModel;
  /** Column of this row that holds the other row's id, or the ids of several. */
  readonly by: string;
  /** `others` are all that were found, in the order of their ids in the column; `other` is the first of them. */
  readonly take: (
    other: AnyRow | undefined,
    row: AnyRow,
    others: readonly AnyRow[],
  ) => Readonly<Record<string, unknown>>;
};

/** Who looks at a row, for masks. `as`: the capacities in which the viewer is a party to it. */
export type Onlooker = {
  readonly id: string;
  readonly role: Role | undefined;
  readonly as: readonly PartyAs[];
  /** Whose rows the viewer sees: `org:…`, `user:…`. */
  readonly keys: readonly string[];
};

export type Computed = {
  readonly schema: z.ZodType;
  readonly sql: string;
  readonly make?: (found: never) => unknown;
};

/** What every read model says of itself, besides its row and its folds. */
export type ReadModelTraits = {
  /** Table name of domain.md §4.2. */
  readonly name: string;
  /** GraphQL type of a row. */
  readonly type: string;
  /** Raise when handlers or columns change: the table is then rebuilt beside the live one. */
  readonly version: number;
  /** Projectors run one active copy per group. */
  readonly group: 'core' | 'repair' | 'money' | 'fleet' | 'delivery' | 'parts' | 'admin';
  /** Aggregate whose commands and history a row offers; `id` of the row is then the aggregate's id. */
  readonly record?: string;
  /** Rows of events from other streams than the record's own; the stream's id when absent and there is no record. */
  readonly key?: (event: RecordedEvent) => string | readonly string[] | undefined;
  readonly indexes: readonly (readonly string[])[];
  readonly joins?: readonly Join[];
  /**
   * Who sees a row: the parties of its stream unless `seenBy` names others; besides everybody signed in (`open`), or the
   * platform's staff (`platform`). With `tenancy: 'stream'` the table `stream_party` is asked instead of the row.
   */
  readonly seenBy?: (row: AnyRow) => readonly Pick<Party, 'kind' | 'id'>[];
  readonly open?: boolean;
  readonly platform?: boolean;
  readonly tenancy?: 'stream';
  /** Columns some onlookers see otherwise, or not at all. */
  readonly masks?: Readonly<Record<string, (value: unknown, onlooker: Onlooker) => unknown>>;
  /**
   * Columns computed from other rows when a row is read now, as SQL over the read model’s own table; null in the past.
   * `make` turns what the SQL found into the value, where that takes a rule of the domain.
   */
  readonly computed?: Readonly<Record<string, Computed>>;
  /** Events whose data an onlooker of the row does not read in its history. */
  readonly hides?: (event: RecordedEvent, onlooker: Onlooker) => boolean;
  /** Handlers get events as they were stored: not lifted to their current version, personal fields sealed. */
  readonly raw?: boolean;
  /** Proves something about the log itself, so it is never rebuilt from it. */
  readonly evidence?: boolean;
  /** Written by probes and not from events: never rebuilt, and there is no replay to compare it with. */
  readonly probed?: boolean;
};

/** A read model whose rows are made from those of another one, row by row: another view of the same record. */
export type Derivation = {
  readonly from: AnyReadModel;
  readonly make: (row: AnyRow) => Readonly<Record<string, unknown>>;
};

/** A read model, declared once: table, migration, GraphQL type, projector, rebuild, as-of and proof derive from it. */
export type AnyReadModel = ReadModelTraits & {
  readonly row: z.ZodObject;
  /** Columns that subscriptions filter on; they travel in the change notice. */
  readonly scope: readonly string[];
  /** The aggregates whose events it folds. */
  readonly from: readonly AnyAggregate[];
  /** Handler by event type, `*` for every event of the log. */
  readonly on: Readonly<Record<string, Handler>>;
  /** Given the record's state after each of its events; the kit keeps that state in a hidden column. */
  readonly after?: (row: AnyRow, state: AnyState) => Record<string, unknown>;
  readonly derived?: Derivation;
  readonly columns: readonly Column[];
  readonly table: PgTable & Readonly<Record<string, PgColumn>>;
};
/** The name under which others know a defined read model. */
export type ReadModelDef = AnyReadModel;
