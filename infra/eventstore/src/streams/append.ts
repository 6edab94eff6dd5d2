import { randomUUID } from 'node:crypto';
import { recordPosition, recordRevision } from '../log/record.ts';
import { TOMBSTONE_REVISION } from '../wire/proto-writer.ts';
import { type AppendDecision, decideAppend, type KnownEvents } from './decide-append.ts';
import { type EventLog, type NewEvent, NO_BYTES, sameId } from './event-log.ts';
import { isTombstoned, type StreamHead } from './heads.ts';
import { isSoftDeleted, SOFT_DELETE_JSON, withTruncateBefore } from './metadata.ts';
import {
  ANY,
  isMetastream,
  METADATA_TYPE,
  metastreamOf,
  NO_STREAM,
  originalOf,
  STREAM_EXISTS,
  TOMBSTONE_TYPE,
} from './names.ts';

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-version'; readonly expected: number; readonly current: number }
  | { readonly kind: 'deleted' };

const metadataEvent = (data: Uint8Array): NewEvent => ({
  id: randomUUID(),
  type: METADATA_TYPE,
  json: true,
  data,
  metadata: NO_BYTES,
});

/** A metastream lives and dies with its original. */
const isGone = (log: EventLog, stream: string, head: StreamHead): boolean =>
  isTombstoned(head) || (isMetastream(stream) && isTombstoned(log.heads.latest(originalOf(stream))));

const known = (log: EventLog, head: StreamHead): KnownEvents => ({
  recent: (id) => log.recent.find(id, head.id),
  at: (revision, id) => {
    const recent = log.recent.find(id, head.id);
    if (recent?.revision === revision) return recent;
    const [entry] = log.store.revisions(head.id, revision, revision, 1);
    return entry && sameId(log.store.record(entry.position), id) ? entry : undefined;
  },
});

/** Resolves once the outcome is durable: also a refusal may rest on events that are still being flushed. */
export const append = async (
  log: EventLog,
  stream: string,
  expected: number,
  events: readonly NewEvent[],
): Promise<AppendOutcome> => {
  const head = log.heads.latest(stream);
  const decision = isGone(log, stream, head)
    ? { kind: 'deleted' as const }
    : decideAppend(
        head,
        expected,
        events.map((event) => event.id),
        known(log, head),
      );
  count(log, decision.kind);
  if (decision.kind === 'write' && events.length > 0) return write(log, stream, head, events);
  if (log.heads.isStaged(stream)) await log.commits.settled();
  if (decision.kind === 'deleted') return decision;
  if (decision.kind === 'wrong-version') return { ...decision, expected };
  if (decision.kind === 'repeat') return { kind: 'appended', revision: decision.revision, position: decision.position };
  return {
    kind: 'appended',
    revision: head.last,
    position: Math.max(0, head.last < 0 ? log.committedEnd : head.lastPosition),
  };
};

const count = ({ outcomes }: EventLog, kind: AppendDecision['kind']): void => {
  if (kind === 'write') outcomes.written += 1;
  else if (kind === 'repeat') outcomes.repeats += 1;
  else outcomes.conflicts += 1;
};

const write = async (
  log: EventLog,
  stream: string,
  head: StreamHead,
  events: readonly NewEvent[],
): Promise<AppendOutcome> => {
  const original = isMetastream(stream) ? log.heads.latest(originalOf(stream)) : undefined;
  const { records, durable } = log.stage(stream, events);
  const last = records.at(-1) as Buffer;
  if (!original && isSoftDeleted(head.metadata))
    stageTruncation(log, metastreamOf(stream), head.metadataJson, head.last + 1);
  if (original && isSoftDeleted(original.metadata)) keepTruncated(log, stream, original.last + 1);
  await durable;
  return { kind: 'appended', revision: recordRevision(last), position: recordPosition(last) };
};

/** Writing to a soft-deleted stream brings it back, without the events from before. */
const stageTruncation = (log: EventLog, metastream: string, document: Buffer | undefined, revision: number): void => {
  log.stage(metastream, [metadataEvent(withTruncateBefore(document ?? NO_BYTES, revision))]);
};

/** New metadata for a soft-deleted stream bring it back too, and must not bring its old events with it. */
const keepTruncated = (log: EventLog, metastream: string, revision: number): void => {
  const { metadata, metadataJson } = log.heads.latest(originalOf(metastream));
  if (!isSoftDeleted(metadata)) stageTruncation(log, metastream, metadataJson, revision);
};

const deleteRefusal = (head: StreamHead, expected: number): AppendOutcome | undefined => {
  if (isTombstoned(head)) return { kind: 'deleted' };
  if (expected === ANY || expected === head.last) return undefined;
  if (expected === STREAM_EXISTS && (head.last >= 0 || head.metadataJson))
    return isSoftDeleted(head.metadata) ? { kind: 'deleted' } : undefined;
  return { kind: 'wrong-version', expected, current: head.last };
};

/** Hides all events of a stream; it can be written to again. */
export const softDelete = async (log: EventLog, stream: string, expected: number): Promise<AppendOutcome> => {
  const head = log.heads.latest(stream);
  const neverWritten = head.last === -1 && !head.metadataJson;
  const refusal =
    isTombstoned(head) || !neverWritten
      ? deleteRefusal(head, expected)
      : { kind: 'wrong-version' as const, expected, current: NO_STREAM };
  if (refusal) return settled(log, stream, refusal);
  const { records, durable } = log.stage(metastreamOf(stream), [metadataEvent(Buffer.from(SOFT_DELETE_JSON))]);
  await durable;
  return { kind: 'appended', revision: head.last, position: recordPosition(records[0] as Buffer) };
};

/** Ends a stream for good, written to or not. */
export const tombstone = async (log: EventLog, stream: string, expected: number): Promise<AppendOutcome> => {
  const head = log.heads.latest(stream);
  const refusal = deleteRefusal(head, expected);
  if (refusal) return settled(log, stream, refusal);
  const event: NewEvent = { id: randomUUID(), type: TOMBSTONE_TYPE, json: true, data: NO_BYTES, metadata: NO_BYTES };
  const { records, durable } = log.stage(stream, [event], TOMBSTONE_REVISION);
  await durable;
  return { kind: 'appended', revision: TOMBSTONE_REVISION, position: recordPosition(records[0] as Buffer) };
};

const settled = async (log: EventLog, stream: string, outcome: AppendOutcome): Promise<AppendOutcome> => {
  if (log.heads.isStaged(stream)) await log.commits.settled();
  return outcome;
};
