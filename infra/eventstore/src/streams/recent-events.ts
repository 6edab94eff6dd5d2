import { DamagedLogError, type LogStore } from '../log/log-store.ts';
import { type LogRecord, recordId, recordPosition, recordRevision, recordStreamId } from '../log/record.ts';

export interface RecentEvent {
  readonly streamId: number;
  readonly revision: number;
  readonly position: number;
}

const GENERATION = 50_000;
const PAGE = 250;

/**
 * Event ids of the last 50,000 to 100,000 events, for repeats of appends that name no exact revision (the real server
 * bounds this too; exact revisions are checked against the log without limit). Two generations of a map: when the
 * young one is full the old one is forgotten. Filled from the log's tail on first use, so a restart forgets nothing.
 */
export class RecentEvents {
  private readonly store: LogStore;
  private young = new Map<string, RecentEvent>();
  private old = new Map<string, RecentEvent>();
  private loaded = false;

  constructor(store: LogStore) {
    this.store = store;
  }

  find(id: string, streamId: number): RecentEvent | undefined {
    if (!this.loaded) this.load();
    const event = this.young.get(id) ?? this.old.get(id);
    return event?.streamId === streamId ? event : undefined;
  }

  add(record: LogRecord): void {
    if (this.young.size >= GENERATION) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(recordId(record), {
      streamId: recordStreamId(record),
      revision: recordRevision(record),
      position: recordPosition(record),
    });
  }

  reset(): void {
    this.young = new Map();
    this.old = new Map();
    this.loaded = false;
  }

  private load(): void {
    this.loaded = true;
    const staged = this.young;
    this.young = new Map();
    const tail: LogRecord[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    while (tail.length < GENERATION) {
      const page = this.pageBefore(before);
      for (const record of page) tail.push(Buffer.from(record.subarray(0, 128)));
      const oldest = page.at(-1);
      if (!oldest) break;
      before = recordPosition(oldest);
    }
    for (const record of tail.reverse()) this.add(record);
    for (const [id, event] of staged) this.young.set(id, event);
  }

  /** Behind a damaged record nothing is remembered; it must not keep others from writing. */
  private pageBefore(position: number): LogRecord[] {
    try {
      return this.store.backward(position, PAGE);
    } catch (error) {
      if (error instanceof DamagedLogError) return [];
      throw error;
    }
  }
}
