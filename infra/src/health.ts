import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';
import type { PartState } from './ports.ts';

/** How far one projector group is behind the log. */
export type ProjectionLag = {
  readonly group: string;
  /** Log positions, decimal. */
  readonly position: string;
  readonly end: string;
  readonly lagMs: number;
  /** Set when the group stopped at an event it cannot fold. */
  readonly stoppedAt?: string;
  readonly reason?: string;
};

/** The body of `GET /health/ready`. `degraded` serves, with a stand-in or late; `down` does not. */
export type Readiness = {
  readonly status: 'up' | 'degraded' | 'down';
  readonly role: string;
  readonly parts: readonly PartState[];
  /** Names of the stand-ins in use. */
  readonly fallbacks: readonly string[];
  readonly projections: readonly ProjectionLag[];
  readonly uptimeSeconds: number;
};

export type HealthChecks = {
  readonly role: string;
  /** States known without asking: bus, cache. */
  readonly states?: readonly (() => PartState)[];
  /** Parts asked at each call; an error or no answer within two seconds is `down`. */
  readonly pings?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Parts that have more to say than that they answer; without an answer within two seconds they are `degraded`. */
  readonly reports?: Readonly<Record<string, () => Promise<Omit<PartState, 'part'>>>>;
  readonly projections?: () => Promise<readonly ProjectionLag[]> | readonly ProjectionLag[];
};

const pingLimitMs = 2_000;

const inTime = async <T>(answer: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${pingLimitMs} ms`)), pingLimitMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
};

const reported = async (
  part: string,
  report: () => Promise<Omit<PartState, 'part'>>,
  failed: PartState['status'],
): Promise<PartState> => {
  try {
    return { part, ...(await inTime(report())) };
  } catch (error) {
    return { part, status: failed, detail: error instanceof Error ? error.message : String(error) };
  }
};

export type Health = { readiness(): Promise<Readiness> };

const up = { status: 'up' } as const;

export const createHealth = ({ role, states = [], pings = {}, reports = {}, projections }: HealthChecks): Health => ({
  readiness: async () => {
    const asking = Promise.all([
      ...Object.entries(pings).map(([part, ping]) => reported(part, async () => ping().then(() => up), 'down')),
      ...Object.entries(reports).map(([part, report]) => reported(part, report, 'degraded')),
    ]);
    // Its source may be the very part that is down; that part says so itself.
    const lags = await Promise.resolve(projections?.() ?? []).catch((): readonly ProjectionLag[] => []);
    const parts = [...(await asking), ...states.map((state) => state())];
    const stopped = lags.some((lag) => lag.stoppedAt !== undefined);
    const status =
      parts.some((part) => part.status === 'down') || stopped
        ? 'down'
        : parts.some((part) => part.status === 'degraded')
          ? 'degraded'
          : 'up';
    return {
      status,
      role,
      parts,
      fallbacks: parts.flatMap((part) => part.fallback ?? []),
      projections: lags,
      uptimeSeconds: Math.round(process.uptime()),
    };
  },
});

type Answer = { readonly status: number; readonly type: string; readonly body: string };

/** What a path of C2 answers, or undefined for any other path. */
export const answerHealth = async (path: string, health: Health, metrics: Metrics): Promise<Answer | undefined> => {
  if (path === '/health/live') return { status: 200, type: 'application/json', body: '{"status":"up"}' };
  if (path === '/health/ready') {
    const readiness = await health.readiness();
    return {
      status: readiness.status === 'down' ? 503 : 200,
      type: 'application/json',
      body: JSON.stringify(readiness),
    };
  }
  if (path === '/metrics')
    return { status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() };
  return undefined;
};

/** The part of Fastify this needs; every Fastify instance has it. */
type Routes = {
  get(path: string, handler: (request: unknown, reply: FastifyLikeReply) => Promise<unknown>): unknown;
  addHook(name: 'onResponse', hook: (request: { readonly url: string }, reply: TimedReply) => Promise<void>): unknown;
};
type TimedReply = { readonly elapsedTime: number };
type FastifyLikeReply = {
  code(status: number): FastifyLikeReply;
  type(type: string): FastifyLikeReply;
  send(body: string): unknown;
};

/** How long an API takes to answer people and partners. */
export const requestDurations = (metrics: Metrics) =>
  metrics.histogram('cargoro_request_duration_seconds', 'From receiving a request to the end of its answer');

/** Adds `/health/live`, `/health/ready` and `/metrics` to an API, and measures all its other requests. */
export const addHealthRoutes = (app: Routes, health: Health, metrics: Metrics): void => {
  const durations = requestDurations(metrics);
  app.addHook('onResponse', async ({ url }, { elapsedTime }) => {
    if (!url.startsWith('/health/') && !url.startsWith('/metrics')) durations.observe(elapsedTime / 1_000);
  });
  for (const path of ['/health/live', '/health/ready', '/metrics'])
    app.get(path, async (_request, reply) => {
      const answer = await answerHealth(path, health, metrics);
      return reply
        .code(answer?.status ?? 404)
        .type(answer?.type ?? 'text/plain')
        .send(answer?.body ?? '');
    });
};

/** The same for workers without an API. */
export const startHealthServer = async (
  health: Health,
  metrics: Metrics,
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<{ port: number; stop(): Promise<void> }> => {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answer = await answerHealth(path, health, metrics);
    response
      .writeHead(answer?.status ?? 404, { 'content-type': answer?.type ?? 'text/plain' })
      .end(answer?.body ?? 'Not found');
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
