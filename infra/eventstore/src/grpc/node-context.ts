import type { PersistentSubscriptions } from '../persistent/registry.ts';
import type { Access } from '../security/access.ts';
import type { CommitSignal } from '../streams/commit-signal.ts';
import type { EventLog } from '../streams/event-log.ts';
import type { OpenCalls } from './open-calls.ts';

export interface Limits {
  /** Of the data bytes of one append. */
  readonly maxAppendBytes: number;
  /** Of one event's data and metadata. */
  readonly maxEventBytes: number;
  readonly writeTimeoutMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxAppendBytes: 1024 * 1024,
  maxEventBytes: 16 * 1024 * 1024,
  writeTimeoutMs: 2000,
};

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What every service works on. */
export interface NodeContext {
  readonly log: EventLog;
  readonly signal: CommitSignal;
  readonly access: Access;
  readonly calls: OpenCalls;
  readonly subscriptions: PersistentSubscriptions;
  /** Set on a listener that plays a follower: where the leader is. */
  readonly leader?: () => Endpoint;
  readonly limits: Limits;
}
