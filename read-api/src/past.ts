import { type EventDefs, partyEvents, type RecordedEvent, type StoredEvent } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import { type AnyReadModel, type Cut, foldPast, type Row } from '@cargoro/projections';
import { changesBetween } from './diff.ts';
import { badArgument } from './errors.ts';
import { masked, onlookerOf } from './masking.ts';
import { mostRows } from './paging.ts';
import type { HistoryEntry, Moment, ReadApi, Viewer } from './types.ts';

type Deps = {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly visible: (model: AnyReadModel, id: string, viewer: Viewer) => Promise<Row | undefined>;
  readonly current: (model: AnyReadModel, id: string) => Promise<Row | undefined>;
};
const veil = '•••';

/** The past of a record, by replaying its stream; only for those who may see the record today. */
export const createPast = ({ log, vault, visible, current }: Deps): Pick<ReadApi, 'history' | 'asOf' | 'diff'> => {
  const asOf: ReadApi['asOf'] = async (model, id, moment, viewer) => {
    const today = await visible(model, id, viewer);
    if (!today) return null;
    const row = await foldPast(model, id, { log, vault, current }, cutOf(moment));
    return row ? masked(model, withoutState(row), viewer) : null;
  };
  return {
    asOf,
    diff: async (model, id, from, to, viewer) =>
      changesBetween(model, await asOf(model, id, from, viewer), await asOf(model, id, to, viewer)),
    history: async (model, id, { first, after }, viewer) => {
      const row = await visible(model, id, viewer);
      if (!row) return { entries: [], hasNextPage: false, endCursor: null };
      const count = Math.min(Math.max(first, 0), mostRows);
      const events = await log.read(row.stream, after === null ? 0n : revisionOf('after', after) + 1n);
      const page = events.slice(0, count);
      return {
        entries: page.map((event) => entryOf(model, event, row, viewer)),
        hasNextPage: events.length > count,
        endCursor: page.at(-1)?.revision.toString() ?? null,
      };
    },
  };
};

const entryOf = (model: AnyReadModel, event: StoredEvent, row: Row, viewer: Viewer): HistoryEntry => ({
  eventId: event.id,
  type: event.type,
  revision: String(event.revision),
  position: String(event.position),
  occurredAt: event.meta.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.meta.actor,
  command: event.meta.command,
  correlationId: event.meta.correlationId,
  causationId: event.meta.causationId,
  reasonCode: event.meta.reasonCode ?? null,
  reasonText: event.meta.reasonText ?? null,
  deviceId: event.meta.deviceId ?? null,
  data: model.hides?.(event as RecordedEvent, onlookerOf(row, viewer)) ? null : veiled(model, event),
});

/** Personal data stands sealed in the log; the history says that it is there, and the record itself shows it. */
const veiled = (model: AnyReadModel, event: StoredEvent): unknown => {
  const def =
    model.from.find(({ category }) => event.stream.startsWith(`${category}-`))?.events[event.type] ??
    (partyEvents as EventDefs)[event.type];
  const data = { ...(event.data as Record<string, unknown>) };
  for (const field of Object.keys(def?.personal ?? {}))
    if (data[field] !== undefined && data[field] !== null) data[field] = veil;
  return data;
};

const revisionOf = (path: string, text: string): bigint => {
  if (!/^\d{1,19}$/.test(text)) throw badArgument(path, 'Use a revision, such as 12');
  return BigInt(text);
};
const timeOf = (path: string, text: string): number => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badArgument(path, 'Use UTC, such as 2025-06-30T05:00:00Z');
  return time;
};

/** One axis out of three. With a revision, joined rows are taken as they stood when that revision was recorded. */
const cutOf = ({ revision, recordedAt, occurredAt }: Moment): Cut => {
  const given = [revision, recordedAt, occurredAt].filter((one) => one !== undefined && one !== null);
  if (given.length !== 1) throw badArgument('asOf', 'Name one of revision, recordedAt and occurredAt');
  if (recordedAt) {
    const until = timeOf('recordedAt', recordedAt);
    return { includes: (event) => Date.parse(event.recordedAt) <= until };
  }
  if (occurredAt) {
    const until = timeOf('occurredAt', occurredAt);
    return { includes: (event) => Date.parse(event.meta.occurredAt) <= until };
  }
  const last = revisionOf('revision', String(revision));
  let recorded = Number.NEGATIVE_INFINITY;
  return {
    includes: (event) => {
      const included = event.revision <= last;
      if (included) recorded = Math.max(recorded, Date.parse(event.recordedAt));
      return included;
    },
    at: (event) => Date.parse(event.recordedAt) <= recorded,
  };
};
const withoutState = ({ state: _, ...row }: Row): Row => row as Row;
