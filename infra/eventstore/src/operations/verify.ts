import { unmoved } from '../log/journaled-store.ts';
import { LmdbStore } from '../log/lmdb-store.ts';
import { isIntact, recordPosition, recordRevision, recordStreamId } from '../log/record.ts';
import { TOMBSTONE_REVISION } from '../wire/proto-writer.ts';

export interface Verification {
  readonly events: number;
  readonly streams: number;
  readonly damage: readonly string[];
}

/** Reads everything there is and compares it with its checksum and its index. Names each damaged place. */
export const verifyLog = async (folder: string): Promise<Verification> => {
  const store = new LmdbStore(folder, { readOnly: true });
  const left = unmoved(store, folder).frames.flatMap(({ commit }) => commit.records);
  const damage: string[] = [];
  let events = 0;
  let last = -1;
  for (const { position, record } of store.everyRecord()) {
    events += 1;
    if (!isIntact(record) || recordPosition(record) !== position)
      damage.push(`The record at position ${position} does not match its checksum.`);
    if (position <= last) damage.push(`Position ${position} stands behind ${last}.`);
    last = position;
  }
  let indexed = 0;
  let streams = 0;
  let previous = { streamId: -1, revision: -1 };
  for (const { streamId, revision, position } of store.everyIndexEntry()) {
    indexed += 1;
    const sameStream = streamId === previous.streamId;
    if (!sameStream) streams += 1;
    if (sameStream && revision <= previous.revision)
      damage.push(`Stream ${streamId}: revision ${revision} stands behind ${previous.revision}.`);
    previous = { streamId, revision };
    const record = store.rawRecord(position);
    if (!record)
      damage.push(`Stream ${streamId}, revision ${name(revision)}: there is no record at position ${position}.`);
    else if (isIntact(record) && (recordStreamId(record) !== streamId || recordRevision(record) !== revision)) {
      damage.push(
        `Stream ${streamId}, revision ${name(revision)}: the record at position ${position} is another event.`,
      );
    }
  }
  if (indexed !== events) damage.push(`The index has ${indexed} entries for ${events} events.`);
  await store.close();
  const later = left.filter((record) => recordPosition(record) > last);
  for (const record of later)
    if (!isIntact(record))
      damage.push(`The record at position ${recordPosition(record)} in the journal does not match its checksum.`);
  return { events: events + later.length, streams, damage };
};

const name = (revision: number): string => (revision === TOMBSTONE_REVISION ? 'tombstone' : String(revision));
