import { isTombstoned, type StreamHead } from './heads.ts';
import { isSoftDeleted } from './metadata.ts';
import { ANY, NO_STREAM, STREAM_EXISTS } from './names.ts';

export type AppendDecision =
  | { readonly kind: 'write' }
  /** The same events stand there already: success, nothing is written. */
  | { readonly kind: 'repeat'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' };

export interface KnownEvents {
  /** A recently written event of the stream by its id. */
  recent(id: string): { revision: number; position: number } | undefined;
  /** Where the event stands if the stream has this id at this revision. */
  at(revision: number, id: string): { position: number } | undefined;
}

const WRITE: AppendDecision = { kind: 'write' };
const wrong = (head: StreamHead): AppendDecision => ({ kind: 'wrong-version', current: head.last });

/** The real server's rules of optimistic concurrency and idempotency, in its order. */
export const decideAppend = (
  head: StreamHead,
  expected: number,
  ids: readonly string[],
  known: KnownEvents,
): AppendDecision => {
  if (isTombstoned(head)) return { kind: 'deleted' };
  if (expected === STREAM_EXISTS) {
    if (isSoftDeleted(head.metadata)) return { kind: 'deleted' };
    if (head.last === -1 && !head.metadataJson) return wrong(head);
  }
  if (expected === ANY || expected === STREAM_EXISTS) return decideByRecent(head, ids, known);
  if (expected > head.last) return wrong(head);
  if (expected === head.last) return WRITE;
  return decideByLog(head, expected, ids, known);
};

const decideByRecent = (head: StreamHead, ids: readonly string[], known: KnownEvents): AppendDecision => {
  const [first, ...others] = ids;
  let last = first === undefined ? undefined : known.recent(first);
  if (!last) return WRITE;
  for (const id of others) {
    last = known.recent(id);
    if (!last) return wrong(head);
  }
  return { kind: 'repeat', ...last };
};

const decideByLog = (
  head: StreamHead,
  expected: number,
  ids: readonly string[],
  known: KnownEvents,
): AppendDecision => {
  if (ids.length === 0) return wrong(head);
  let position = -1;
  for (const [index, id] of ids.entries()) {
    const event = known.at(expected + 1 + index, id);
    if (event) {
      position = event.position;
      continue;
    }
    return index === 0 && expected === NO_STREAM && isSoftDeleted(head.metadata) ? WRITE : wrong(head);
  }
  return { kind: 'repeat', revision: expected + ids.length, position };
};
