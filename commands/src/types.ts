import type { Actor, AnyAggregate, Folded, ListLookup, Lookup, Party, StateOf } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';

export type CommandRequest = {
  readonly type: string;
  readonly input: unknown;
  readonly commandId: string;
  readonly actor: Actor;
  /** Decimal; a conflict with it is the caller's to solve, never retried. */
  readonly expectedRevision?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
  readonly occurredAt?: string | undefined;
  readonly reasonCode?: string | undefined;
  readonly reasonText?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly clientSeq?: number | undefined;
};

/** `revision` and `position` are decimal strings: they exceed 2^53. */
export type CommandOutcome =
  | {
      readonly kind: 'accepted';
      readonly streamId: string;
      readonly revision: string;
      readonly position: string;
      /** Types of the events appended by this command; empty when what was asked already held. */
      readonly events: readonly string[];
    }
  | { readonly kind: 'rejected'; readonly code: string };

/** A problem that is not the business's answer. `fields` is set for BAD_USER_INPUT: path → reason. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'CONFLICT' | 'UNAVAILABLE' | 'INTERNAL',
    message: string,
    readonly fields?: readonly { readonly path: string; readonly reason: string }[],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type ListPort = (lookup: ListLookup, args: readonly string[]) => Promise<readonly string[]>;
export type LookupPort = (lookup: Lookup, args: readonly string[]) => Promise<number>;

export type SeriesOf = {
  readonly prefix: string;
  readonly party: Party /** Two digits, of Seoul's calendar. */;
  readonly year: string;
};
/** The next human number of a series; the same for a command however often it asks. */
export type NumberPort = (series: SeriesOf, commandId: string) => Promise<string>;

export type DispatchDeps = {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly lookup: LookupPort;
  /** Answers with lists; without it every list is empty. */
  readonly list?: ListPort;
  /** Without it a number that is left out is bad input. */
  readonly numbers?: NumberPort;
  /** UTC ISO 8601 with milliseconds. */
  readonly clock: () => string;
  readonly appVersion: string;
  readonly aggregates: readonly AnyAggregate[];
  /** Told of every command once it is answered; they run in the command's way, so they only note and return. */
  readonly observers?: readonly CommandObserver[];
};

/** How a command ended, without its data. */
export type Settled = {
  readonly type: string;
  readonly commandId: string;
  readonly correlationId: string;
  /** Not known when the input could not be read. */
  readonly stream?: string | undefined;
  readonly actor: Actor;
  readonly outcome: 'accepted' | 'rejected' | 'failed';
  /** The refusal's code, or that of the CommandError. */
  readonly code?: string | undefined;
  /** Set when the failure is a defect of ours. */
  readonly cause?: unknown;
  readonly ms: number;
};
export type CommandObserver = (settled: Settled) => void;

/** The write side as the gateway, the HTTP API, the processes and the demo use it. */
export type Commands = {
  dispatch(request: CommandRequest): Promise<CommandOutcome>;
  /** The folded state of a record, from the cache when nothing newer is stored. */
  load<A extends AnyAggregate>(aggregate: A, id: string): Promise<Folded<StateOf<A>>>;
};
