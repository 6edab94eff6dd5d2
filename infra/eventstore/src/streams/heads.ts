import type { LogStore } from '../log/log-store.ts';
import { isTombstone, type LogRecord, recordData, recordPosition } from '../log/record.ts';
import { TOMBSTONE_REVISION } from '../wire/proto-writer.ts';
import { METASTREAM_METADATA, NO_METADATA, parseMetadata, type StreamMetadata } from './metadata.ts';
import { isMetastream, metastreamOf, originalOf } from './names.ts';

/** What an append or a read has to know about a stream before it looks at events. */
export interface StreamHead {
  /** 0 until the stream's first event is staged. */
  readonly id: number;
  /** Revision of the last event, -1 without one, TOMBSTONE_REVISION once tombstoned. */
  readonly last: number;
  readonly lastPosition: number;
  readonly metadata: StreamMetadata;
  /** The metadata document as written, if there ever was one; a stream that has only that "exists". */
  readonly metadataJson?: Buffer;
}

export const isTombstoned = (head: StreamHead): boolean => head.last === TOMBSTONE_REVISION;

const loadHead = (store: LogStore, stream: string): StreamHead => {
  const id = store.streamId(stream) ?? 0;
  const last = id === 0 ? undefined : store.last(id);
  const metastreamId = isMetastream(stream) ? undefined : store.streamId(metastreamOf(stream));
  const lastMetadata = metastreamId === undefined ? undefined : store.last(metastreamId);
  const document = lastMetadata && store.record(lastMetadata.position);
  const metadataJson = document && !isTombstone(document) ? recordData(document) : undefined;
  const parsed = metadataJson ? parseMetadata(metadataJson) : NO_METADATA;
  return {
    id,
    last: last?.revision ?? -1,
    lastPosition: last?.position ?? -1,
    metadata: isMetastream(stream) ? METASTREAM_METADATA : parsed,
    ...(metadataJson && { metadataJson }),
  };
};

const CACHED_HEADS = 20_000;

/**
 * Heads in two layers: what is committed (a bounded cache over the store) and what is staged on top of it. Appends
 * decide on the staged layer, reads only ever see the committed one.
 */
export class StreamHeads {
  private readonly store: LogStore;
  private readonly cache = new Map<string, StreamHead>();
  private readonly staged = new Map<string, { head: StreamHead; position: number }>();

  constructor(store: LogStore) {
    this.store = store;
  }

  committed(stream: string): StreamHead {
    const cached = this.cache.get(stream);
    if (cached) return cached;
    const head = loadHead(this.store, stream);
    if (this.cache.size >= CACHED_HEADS) this.evictOldest();
    this.cache.set(stream, head);
    return head;
  }

  latest(stream: string): StreamHead {
    return this.staged.get(stream)?.head ?? this.committed(stream);
  }

  isStaged(stream: string): boolean {
    return this.staged.has(stream);
  }

  /** `position` is that of the last record the head depends on; the head turns committed with it. */
  stage(stream: string, head: StreamHead, position: number): void {
    this.staged.set(stream, { head, position });
  }

  settle(streams: ReadonlySet<string>, lastRecord: LogRecord): void {
    const last = recordPosition(lastRecord);
    for (const stream of streams) {
      this.cache.delete(stream);
      if (isMetastream(stream)) this.cache.delete(originalOf(stream));
      this.unstage(stream, last);
      if (isMetastream(stream)) this.unstage(originalOf(stream), last);
    }
  }

  /** After a failed flush, or when scavenging changed the log: believe only the store. */
  reset(): void {
    this.staged.clear();
    this.cache.clear();
  }

  private unstage(stream: string, committedUpTo: number): void {
    const staged = this.staged.get(stream);
    if (!staged || staged.position > committedUpTo) return;
    this.staged.delete(stream);
    this.cache.set(stream, staged.head);
  }

  private evictOldest(): void {
    for (const stream of this.cache.keys()) {
      this.cache.delete(stream);
      return;
    }
  }
}
