import type { EventMeta, StoredEvent } from '@cargoro/domain';
import { convertToCommandError, ErrorType } from '@eventstore/db-client';
import { RevisionConflict, Unavailable } from './ports.ts';
import type { RawEvent } from './read-decoder.ts';

/** Metadata may be any bytes in a shared store; undefined for what `dispatch` did not write. */
const metaOf = (text: string): EventMeta | undefined => {
  try {
    const meta = JSON.parse(text) as EventMeta | null;
    return typeof meta?.schemaVersion === 'number' ? meta : undefined;
  } catch {
    return undefined;
  }
};

/** Events of one moment come one after another, and a formatted date costs as much as parsing the event's metadata. */
let formatted = { ms: Number.NaN, text: '' };
const recordedAt = (ms: number): string => {
  if (ms !== formatted.ms) formatted = { ms, text: new Date(ms).toISOString() };
  return formatted.text;
};

/**
 * An event as the log hands it on; undefined for what is not ours. A shared store may hold system events and other
 * people's: ours are JSON with the metadata `dispatch` writes. Data is as it was written: the domain's `readEvent`
 * lifts and parses what it needs.
 */
export const toStored = (raw: RawEvent): StoredEvent | undefined => {
  if (!raw.json || raw.type.startsWith('$') || raw.stream.startsWith('$') || raw.metadata.length === 0)
    return undefined;
  const meta = metaOf(raw.metadata);
  if (!meta) return undefined;
  return {
    id: raw.id,
    type: raw.type,
    stream: raw.stream,
    revision: raw.revision,
    position: raw.position,
    recordedAt: recordedAt(raw.createdMs),
    data: JSON.parse(raw.data),
    meta,
  };
};

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
export const toLogError = (failure: unknown): Error => {
  if (failure instanceof Unavailable || failure instanceof RevisionConflict) return failure;
  const error = failure instanceof Error && 'code' in failure ? convertToCommandError(failure) : failure;
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (errorType(error) === ErrorType.WRONG_EXPECTED_VERSION) return new RevisionConflict(message);
  if (isLasting(error)) return error as Error;
  return new Unavailable('eventstore', `The event store does not answer: ${message}`, { cause: error });
};
