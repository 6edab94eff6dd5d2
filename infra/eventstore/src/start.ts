import { randomUUID } from 'node:crypto';
import type { Server } from '@grpc/grpc-js';
import { type Listener, listen } from './grpc/listener.ts';
import { DEFAULT_LIMITS, type NodeContext } from './grpc/node-context.ts';
import { OpenCalls } from './grpc/open-calls.ts';
import { createGrpc, type NodeParts } from './grpc/services.ts';
import { createHttp } from './http/http-routes.ts';
import { nodeRoutes } from './http/node-routes.ts';
import { openStore } from './log/open-store.ts';
import { Scavenger } from './operations/scavenge.ts';
import { Statistics } from './operations/statistics.ts';
import type { EventStoreNode, EventStoreOptions } from './options.ts';
import { PersistentSubscriptions } from './persistent/registry.ts';
import { ProjectionRunner } from './projections/projection-runner.ts';
import { SYSTEM_PROJECTIONS } from './projections/system-projections.ts';
import { OPEN_ACCESS } from './security/access.ts';
import { UserAccess } from './security/user-access.ts';
import { CommitSignal } from './streams/commit-signal.ts';
import { EventLog } from './streams/event-log.ts';
import { Users } from './users/users.ts';

/** Real servers let a client see the end of its calls before the connections go. */
const GOODBYE_MS = 60;
const HOUR_MS = 3_600_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

interface Opened {
  readonly grpc: Server;
  readonly listener: Listener;
}

/** Starts a node in this process. */
export const startEventStore = async (options: EventStoreOptions): Promise<EventStoreNode> => {
  const host = options.host ?? '127.0.0.1';
  if (!options.tls && !LOOPBACK.has(host)) {
    throw new Error(
      `Without TLS anybody who reaches ${host} could read and write everything: the node listens on loopback only. Give it a certificate to listen elsewhere.`,
    );
  }
  const { store, release } = openStore(options);
  const opened: Opened[] = [];
  const log = new EventLog(store);
  const users = new Users(log);
  const signal = new CommitSignal(log);
  const scavenger = new Scavenger(log);
  const cluster = options.cluster ?? {};
  log.commits.delayMs = cluster.commitDelayMs ?? 0;
  const node: NodeContext = {
    log,
    signal,
    access: options.tls ? new UserAccess(log, users) : OPEN_ACCESS,
    calls: new OpenCalls(),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    subscriptions: new PersistentSubscriptions(log),
  };
  const statistics = new Statistics(node, scavenger);
  const projections = SYSTEM_PROJECTIONS.map(
    (name) => new ProjectionRunner(name, log, signal, cluster.projectionDelayMs ?? 0),
  );
  const advertised = options.advertiseHost ?? host;
  const ids = [randomUUID(), ...Array.from({ length: cluster.followers ?? 0 }, () => randomUUID())];
  const members: NodeParts['members'] = () =>
    opened.map(({ listener }, index) => ({
      instanceId: ids[index] ?? '',
      host: advertised,
      port: listener.port,
      state: index === 0 ? 'Leader' : 'Follower',
      alive: true,
    }));

  const finish = async (): Promise<void> => {
    clearInterval(scavenging);
    for (const { listener } of opened) listener.destroyConnections();
    for (const { grpc } of opened) grpc.forceShutdown();
    http.closeAllConnections();
    statistics.close();
    await scavenger.stop();
    for (const projection of projections) await projection.stop();
    await log.commits.settled().catch(() => {});
    await store.close();
    release();
  };
  const graceful = async (): Promise<void> => {
    for (const { listener } of opened) listener.stopAccepting();
    node.calls.refuseNew(true);
    await log.commits.settled().catch(() => {});
    await new Promise(setImmediate);
    node.calls.cancelStreams();
    // A stream ends once what it had to say is written; the others have to come after it.
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    node.calls.failUnary();
    await node.subscriptions.close();
    for (const { grpc } of opened) grpc.tryShutdown(() => {});
    await new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
    await finish();
  };
  const abrupt = async (): Promise<void> => {
    for (const { listener } of opened) listener.stopAccepting();
    node.subscriptions.abandon();
    await finish();
  };
  let markStopped: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    markStopped = resolve;
  });
  let closing: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    closing ??= graceful().finally(markStopped);
    return closing;
  };
  const kill = (): Promise<void> => {
    closing ??= abrupt().finally(markStopped);
    return closing;
  };

  const parts: NodeParts = { users, scavenger, statistics, projections, members, shutdown: () => void stop() };
  const http = createHttp(nodeRoutes(node, statistics, members, options.tls !== undefined));
  const open = async (context: NodeContext, port: number): Promise<void> => {
    const grpc = createGrpc(context, parts);
    opened.push({ grpc, listener: await listen(grpc, http, host, port, options.tls) });
  };
  const everyMs = (options.scavengeEveryHours ?? 24) * HOUR_MS;
  const scavenging = everyMs > 0 ? setInterval(() => scavenger.start(), everyMs).unref() : undefined;
  try {
    await users.bootstrap(options.adminPassword, options.opsPassword);
    if (options.systemProjections) for (const projection of projections) await projection.enable();
    await open(node, options.port ?? 0);
    const leader = { host: advertised, port: opened[0]?.listener.port ?? 0 };
    for (let i = 0; i < (cluster.followers ?? 0); i += 1) await open({ ...node, leader: () => leader }, 0);
  } catch (reason) {
    await kill();
    throw reason;
  }
  const [port = 0, ...followerPorts] = opened.map(({ listener }) => listener.port);
  return {
    port,
    followerPorts,
    url: `esdb://${advertised}:${port}?tls=${options.tls ? 'true' : 'false'}`,
    faults: {
      delayCommits: (milliseconds) => {
        log.commits.delayMs = milliseconds;
      },
      refuseCalls: (on) => {
        node.calls.refuseNew(on);
        if (on) node.calls.cancelStreams();
      },
      cancelStreams: () => node.calls.cancelStreams(),
      failUnary: () => node.calls.failUnary(),
    },
    stopped,
    stop,
    kill,
  };
};
