import { type LogRecord, recordId, recordPosition, recordRevision, recordStreamId } from '../log/record.ts';

const DASH = 0x2d;
const NINE = 0x39;

export interface RecentEvent {
  readonly streamId: number;
  readonly revision: number;
  readonly position: number;
}

/**
 * Where events are by their id, in flat arrays with open addressing: it takes the same memory from the first event on,
 * and leaves nothing to the garbage collector. (Maps of a hundred thousand ids cost thirty megabytes of heap.)
 */
export class IdTable {
  private readonly most: number;
  private readonly mask: number;
  private readonly ids: Uint32Array;
  /** 0 marks a free slot: streams are numbered from 1. */
  private readonly streamIds: Float64Array;
  private readonly revisions: Float64Array;
  private readonly positions: Float64Array;
  private readonly key = new Uint32Array(4);
  private size = 0;

  constructor(most: number) {
    this.most = most;
    // At most half of the slots are taken, so a search is short and ends.
    const slots = 2 ** Math.ceil(Math.log2(most * 2));
    this.mask = slots - 1;
    this.ids = new Uint32Array(slots * 4);
    this.streamIds = new Float64Array(slots);
    this.revisions = new Float64Array(slots);
    this.positions = new Float64Array(slots);
  }

  get isFull(): boolean {
    return this.size >= this.most;
  }

  get(id: string): RecentEvent | undefined {
    const slot = this.slotOf(id);
    const streamId = this.streamIds[slot] as number;
    if (streamId === 0) return undefined;
    return { streamId, revision: this.revisions[slot] as number, position: this.positions[slot] as number };
  }

  /** The last event with an id is the one that counts. */
  set(record: LogRecord): void {
    this.put(this.slotOf(recordId(record)), record);
  }

  setIfNew(record: LogRecord): void {
    const slot = this.slotOf(recordId(record));
    if (this.streamIds[slot] === 0) this.put(slot, record);
  }

  clear(): void {
    this.streamIds.fill(0);
    this.size = 0;
  }

  private put(slot: number, record: LogRecord): void {
    if (this.streamIds[slot] === 0) this.size += 1;
    this.ids.set(this.key, slot * 4);
    this.streamIds[slot] = recordStreamId(record);
    this.revisions[slot] = recordRevision(record);
    this.positions[slot] = recordPosition(record);
  }

  /** The slot that has this id, or the free one where it belongs; leaves the id in `key`. */
  private slotOf(id: string): number {
    const { ids, key, mask, streamIds } = this;
    key.fill(0);
    let hash = 0;
    let word = 0;
    let digits = 0;
    for (let i = 0; i < id.length; i += 1) {
      const code = id.charCodeAt(i);
      if (code === DASH) continue;
      word = (word << 4) | (code <= NINE ? code & 0xf : (code & 0xf) + 9);
      digits += 1;
      if (digits % 8 !== 0) continue;
      key[digits / 8 - 1] = word;
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
      word = 0;
    }
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      if (streamIds[slot] === 0) return slot;
      const at = slot * 4;
      if (ids[at] === key[0] && ids[at + 1] === key[1] && ids[at + 2] === key[2] && ids[at + 3] === key[3]) return slot;
    }
  }
}
