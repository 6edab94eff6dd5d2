import { DamagedLogError, type LogStore } from '../log/log-store.ts';
import { type LogRecord, recordPosition } from '../log/record.ts';
import { IdTable, type RecentEvent } from './id-table.ts';

const GENERATION = 50_000;
const PAGE = 250;

/**
 * Event ids of the last 50,000 to 100,000 events, for repeats of appends that name no exact revision (the real server
 * bounds this too; exact revisions are checked against the log without limit). Two generations of a table: when the
 * young one is full the old one is forgotten. Filled from the log's tail on first use, so a restart forgets nothing.
 */
export class RecentEvents {
  private readonly store: LogStore;
  private young = new IdTable(GENERATION);
  private old = new IdTable(GENERATION);
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
    if (this.young.isFull) {
      [this.young, this.old] = [this.old, this.young];
      this.young.clear();
    }
    this.young.set(record);
  }

  reset(): void {
    this.young.clear();
    this.old.clear();
    this.loaded = false;
  }

  /** From the newest back; what was added since the start is newer still. */
  private load(): void {
    this.loaded = true;
    let before = Number.MAX_SAFE_INTEGER;
    for (let seen = 0; seen < GENERATION && !this.young.isFull; ) {
      const page = this.pageBefore(before);
      for (const record of page) if (!this.young.isFull) this.young.setIfNew(record);
      const oldest = page.at(-1);
      if (!oldest) break;
      before = recordPosition(oldest);
      seen += page.length;
    }
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
