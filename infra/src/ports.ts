import type { EventMeta, StoredEvent } from '@cargoro/domain';

/** What the rest of CarGoro needs of the world outside; each port has one real implementation and, where the seed asks, a fallback. */

export type NewEvent = { readonly id: string; readonly type: string; readonly data: unknown; readonly meta: EventMeta };
export type Appended = { readonly revision: bigint; readonly position: bigint };

/** The stream moved on since it was read. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
}
/** A part we depend on does not answer; the caller may try again later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  constructor(
    readonly part: 'eventstore' | 'postgres' | 'rabbitmq' | 'redis' | 'files',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type LogMessage =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** Everything up to here was considered, though nothing matched the filter. */
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caughtUp' };

export type LogFilter = { readonly eventTypes?: readonly string[]; readonly categories?: readonly string[] };

/** The only truth. Implemented by `event-log.ts` over the official client; positions are commit positions. */
export type EventLog = {
  /** Events of one stream from a revision on, oldest first; empty when the stream does not exist. */
  read(stream: string, fromRevision?: bigint): Promise<StoredEvent[]>;
  /** `expected`: revision of the last event seen, -1n for an empty stream. Throws RevisionConflict or Unavailable. */
  append(stream: string, events: readonly NewEvent[], expected: bigint): Promise<Appended>;
  /** Our events of the whole log after a position, once, up to its present end. System events are left out. */
  readAll(options?: { after?: bigint; filter?: LogFilter }): AsyncIterable<StoredEvent>;
  /** The same, then live for ever; resumes by itself after the store was away. Ends when `signal` aborts. */
  subscribe(options: { after?: bigint; filter?: LogFilter; signal: AbortSignal }): AsyncIterable<LogMessage>;
  /** Position of the last event of the log, 0n when empty. */
  end(): Promise<bigint>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Published after a projector's commit, one per changed row: a hint to re-read, never data. */
export type Notice = {
  readonly readModel: string;
  readonly key: string;
  readonly position: string;
  readonly revision: string;
  /** Party keys (`org:…`, `user:…`) that may see the row. */
  readonly parties: readonly string[];
  /** Scope columns of the row that subscriptions filter on, such as `{ workshopId, day }`. */
  readonly scope: Readonly<Record<string, string>>;
};

export type Subscription = { close(): Promise<void> };

/** Topic exchange `cargoro.notices`, routing key `<readModel>.<key>`. */
export type Bus = {
  /** Resolves when the broker has confirmed all of them. */
  publish(notices: readonly Notice[]): Promise<void>;
  subscribe(handler: (notice: Notice) => void): Promise<Subscription>;
  /** Called with 'gap' after a reconnection: notices may have been missed, so re-read. */
  onGap(handler: () => void): void;
  readonly state: () => PartState;
  close(): Promise<void>;
};

/** JSON values with a time to live and tags; every entry of a tag can be dropped at once. */
export type Cache = {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown, options: { ttlSeconds: number; tags?: readonly string[] }): Promise<void>;
  dropTags(tags: readonly string[]): Promise<void>;
  readonly state: () => PartState;
  close(): Promise<void>;
};

/** Personal data, sealed per person (AES-256-GCM, keys in Postgres wrapped by MASTER_KEY). */
export type Vault = {
  /** Seals the fields an event definition marks personal, in place of their values. */
  seal(data: Record<string, unknown>, personal: Readonly<Record<string, string>>): Promise<Record<string, unknown>>;
  /** Opens them again; a field whose key was destroyed becomes null. */
  open(data: Record<string, unknown>, personal: Readonly<Record<string, string>>): Promise<Record<string, unknown>>;
  /** Erases a person: everything sealed for this reference becomes unreadable. */
  destroy(personRef: string): Promise<void>;
};

export type PartState = {
  readonly part: string;
  readonly status: 'up' | 'degraded' | 'down';
  /** Which fallback is in use, if any. */
  readonly fallback?: string;
  readonly detail?: string;
};

/** Tells of a part's state whenever its status is another than it was. */
export const tellChanges = (state: () => PartState, tell?: (state: PartState) => void): (() => void) => {
  let told: PartState['status'] | undefined;
  return () => {
    const now = state();
    if (now.status === told) return;
    told = now.status;
    tell?.(now);
  };
};
