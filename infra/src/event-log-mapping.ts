import type { EventMeta, StoredEvent } from '@cargoro/domain';
import { type AllStreamRecordedEvent, ErrorType, type RecordedEvent } from '@eventstore/db-client';
import { RevisionConflict, Unavailable } from './ports.ts';

type Received = RecordedEvent | AllStreamRecordedEvent;

/** Ours: JSON with the metadata `dispatch` writes. A shared store may hold other people's events; the log leaves them out. */
export const isOurs = (event: Received | undefined): event is Received =>
  event?.isJson === true &&
  event.type[0] !== '$' &&
  event.streamId[0] !== '$' &&
  typeof (event.metadata as EventMeta | undefined)?.schemaVersion === 'number';

/** Data and metadata are as they were written: `readEvent` of the domain lifts and parses what it needs. */
export const toStored = (event: Received): StoredEvent => ({
  id: event.id,
  type: event.type,
  stream: event.streamId,
  revision: event.revision,
  position: event.position?.commit ?? 0n,
  recordedAt: event.created.toISOString(),
  data: event.data,
  meta: event.metadata as EventMeta,
});

/** The client's errors carry a `type`; compared by value, so that a second copy of the package would not matter. */
export const errorType = (error: unknown): string | undefined =>
  error instanceof Error && 'type' in error && typeof error.type === 'string' ? error.type : undefined;

/** Asking again would give the same answer. */
const lasting: ReadonlySet<string> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.STREAM_DELETED,
  ErrorType.UNSUPPORTED,
]);
export const isLasting = (error: unknown): boolean => lasting.has(errorType(error) ?? '');

/** A refusal by revision becomes RevisionConflict, what passes by itself Unavailable; the rest is a defect and stays. */
export const toLogError = (error: unknown): Error => {
  if (error instanceof Unavailable || error instanceof RevisionConflict) return error;
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (errorType(error) === ErrorType.WRONG_EXPECTED_VERSION) return new RevisionConflict(message);
  if (isLasting(error)) return error as Error;
  return new Unavailable('eventstore', `The event store does not answer: ${message}`, { cause: error });
};
