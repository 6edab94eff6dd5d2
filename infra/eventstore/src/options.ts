import type { Limits } from './grpc/node-context.ts';

export interface TlsFiles {
  /** PEM text. */
  readonly cert: string;
  readonly key: string;
}

/** What a cluster does to a client, on switches for tests. */
export interface ClusterBehaviour {
  /** Extra listeners that answer NotLeader to whoever asks for the leader, and show up as followers in gossip. */
  readonly followers?: number;
  /** How far the system projections lag behind. */
  readonly projectionDelayMs?: number;
  /** How long every commit takes longer. */
  readonly commitDelayMs?: number;
}

export interface EventStoreOptions {
  /** Folder of the durable log; without it give `memory: true`. */
  readonly dataDir?: string;
  readonly memory?: boolean;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** The host that gossip and the connection string name; by default the one listened on. */
  readonly advertiseHost?: string;
  /** With TLS the node is secured: users, groups and ACLs apply. Without it only loopback addresses are allowed. */
  readonly tls?: TlsFiles;
  /** Initial passwords of `admin` and `ops`, for a data folder that has no users yet. */
  readonly adminPassword?: string;
  readonly opsPassword?: string;
  /** Runs the system projections from the start. */
  readonly systemProjections?: boolean;
  /** Hours between scavenges; 0 turns them off. */
  readonly scavengeEveryHours?: number;
  readonly limits?: Partial<Limits>;
  readonly cluster?: ClusterBehaviour;
}

export interface EventStoreNode {
  readonly port: number;
  /** Connection string for the official client. */
  readonly url: string;
  /** Ports of the listeners that play followers. */
  readonly followerPorts: readonly number[];
  readonly faults: Faults;
  /** Resolves once the node has stopped, whoever asked for it. */
  readonly stopped: Promise<void>;
  /** Lets appends in flight finish, then ends open calls in the order the real server does. */
  stop(): Promise<void>;
  /** Drops every connection without a word, as a crash would. */
  kill(): Promise<void>;
}

/** Failures on demand. */
export interface Faults {
  delayCommits(milliseconds: number): void;
  /** Answers every new call UNAVAILABLE, as during an election. */
  refuseCalls(on: boolean): void;
  /** Ends all reads, subscriptions and batch appends with CANCELLED. */
  cancelStreams(): void;
  /** Fails unary calls and classic appends in flight with UNAVAILABLE. */
  failUnary(): void;
}
