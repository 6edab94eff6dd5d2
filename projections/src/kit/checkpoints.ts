import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** How far each group of projectors has got. `generation` rises when a rebuilt table was swapped in under the group. */
export const projectionCheckpoint = pgTable('projection_checkpoint', {
  name: text('name').primaryKey(),
  position: bigint('position', { mode: 'bigint' }).notNull(),
  /** Every row changed up to here was announced; what came after is announced again after a crash. */
  publishedPosition: bigint('published_position', { mode: 'bigint' }).notNull(),
  generation: integer('generation').notNull(),
  /** Where and why the group stopped, if it did. */
  stoppedPosition: bigint('stopped_position', { mode: 'bigint' }),
  stoppedReason: text('stopped_reason'),
});

/** The version of its definition each table was filled by. */
export const projectionModel = pgTable('projection_model', {
  name: text('name').primaryKey(),
  version: integer('version').notNull(),
  rebuiltAt: timestamp('rebuilt_at', { withTimezone: true, mode: 'string' }).notNull(),
});
