import { randomUUID } from 'node:crypto';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server } from '@grpc/grpc-js';
import { addServerFeatures } from './grpc/features-service.ts';
import { addGossip } from './grpc/gossip-service.ts';
import { type Listener, listen } from './grpc/listener.ts';
import { DEFAULT_LIMITS, type NodeContext } from './grpc/node-context.ts';
import { OpenCalls } from './grpc/open-calls.ts';
import { addStreams } from './grpc/streams-service.ts';
import { createHttp } from './http/http-routes.ts';
import { holdFolder } from './log/folder-lock.ts';
import { LmdbStore } from './log/lmdb-store.ts';
import type { LogStore } from './log/log-store.ts';
import { MemoryStore } from './log/memory-store.ts';
import { OPEN_ACCESS } from './security/access.ts';
import { CommitSignal } from './streams/commit-signal.ts';
import { EventLog } from './streams/event-log.ts';

export interface EventStoreOptions {
  /** Folder of the durable log; without it give `memory: true`. */
  readonly dataDir?: string;
  readonly memory?: boolean;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
}

export interface EventStoreNode {
  readonly port: number;
  /** Connection string for the official client. */
  readonly url: string;
  /** Lets appends in flight finish, then ends open calls in the order the real server does. */
  stop(): Promise<void>;
  /** Drops every connection without a word, as a crash would. */
  kill(): Promise<void>;
}

const openStore = ({ dataDir, memory }: EventStoreOptions): { store: LogStore; release: () => void } => {
  if (memory) return { store: new MemoryStore(), release: () => {} };
  if (dataDir === undefined) throw new Error('An event store needs a data folder, or memory: true.');
  const release = holdFolder(dataDir);
  try {
    return { store: new LmdbStore(dataDir), release };
  } catch (reason) {
    release();
    throw reason;
  }
};

/** Real servers let a client see the end of its calls before the connections go. */
const GOODBYE_MS = 60;

/** Starts a node in this process. */
export const startEventStore = async (options: EventStoreOptions): Promise<EventStoreNode> => {
  const host = options.host ?? '127.0.0.1';
  const { store, release } = openStore(options);
  const log = new EventLog(store);
  const node: NodeContext = {
    log,
    signal: new CommitSignal(log),
    access: OPEN_ACCESS,
    calls: new OpenCalls(),
    limits: DEFAULT_LIMITS,
  };
  const grpc = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024, 'grpc.max_send_message_length': -1 });
  addStreams(grpc, node);
  addServerFeatures(grpc, [StreamsService, GossipService]);
  let listener: Listener | undefined;
  const instanceId = randomUUID();
  addGossip(grpc, () => [{ instanceId, host, port: listener?.port ?? 0, state: 'Leader', alive: true }]);
  const http = createHttp({});
  try {
    listener = await listen(grpc, http, host, options.port ?? 0);
  } catch (reason) {
    await store.close();
    release();
    throw reason;
  }
  const opened = listener;

  const close = async (): Promise<void> => {
    opened.destroyConnections();
    grpc.forceShutdown();
    http.closeAllConnections();
    await log.commits.settled().catch(() => {});
    await store.close();
    release();
  };
  let closing: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    opened.stopAccepting();
    node.calls.refuseNew();
    await log.commits.settled().catch(() => {});
    await new Promise(setImmediate);
    node.calls.cancelStreams();
    node.calls.failUnary();
    grpc.tryShutdown(() => {});
    await new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
    await close();
  };
  const kill = async (): Promise<void> => {
    opened.stopAccepting();
    await close();
  };
  return {
    port: opened.port,
    url: `esdb://${host}:${opened.port}?tls=false`,
    stop: () => (closing ??= stop()),
    kill: () => (closing ??= kill()),
  };
};
