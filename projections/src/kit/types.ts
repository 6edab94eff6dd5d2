import type { Party, RecordedEvent } from '@cargoro/domain';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { z } from 'zod';

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
  readonly parties: readonly Party[];
  /** `org:…` / `user:…` of the parties: what tenancy filters by. */
  readonly partyKeys: readonly string[];
};
export type Row<T = Record<string, unknown>> = T & SystemColumns;

/** A fold: the row before (undefined when there is none yet) and an event give the row after; undefined leaves it. */
export type Handler<T> = (row: T | undefined, event: RecordedEvent<string, never>) => T | undefined;

/** A read model, declared once: table, migration, GraphQL type, projector, rebuild, as-of and proof derive from it. */
export type ReadModelDef<S extends z.ZodObject = z.ZodObject> = {
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
  readonly row: S;
  /** Columns that subscriptions filter on; they travel in the change notice. */
  readonly scope: readonly (keyof z.infer<S> & string)[];
  readonly indexes: readonly (readonly string[])[];
  /** Rows an event touches; the id of its stream when absent. */
  readonly key?: (event: RecordedEvent) => string | readonly string[] | undefined;
  readonly on: Readonly<Record<string, Handler<z.infer<S>>>>;
};
/** A defined read model with its derived table. */
export type AnyReadModel = ReadModelDef & {
  readonly table: PgTable & Readonly<Record<string, PgColumn>>;
};
