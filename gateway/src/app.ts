import type { Commands, DevMessage, PushRegistry } from '@cargoro/commands';
import type { Bus } from '@cargoro/infra/ports';
import {
  type AuditSamples,
  type BreakGlass,
  breakGlassHeader,
  type PdfDocuments,
  type PositionAccessLog,
  type Positions,
  type ReadApi,
} from '@cargoro/read-api';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Redis } from 'ioredis';
import mercurius from 'mercurius';
import { createVerifyApiKey, type FindApiKey } from './auth/api-key.ts';
import { type Caller, createAuthenticate } from './auth/authenticate.ts';
import { registerDevRoutes } from './auth/dev-routes.ts';
import { createEndedRights, type EndedRights } from './auth/ended-rights.ts';
import { type DevUser, type LocalIssuer, localIssuerUrl } from './auth/local-issuer.ts';
import { logReading } from './auth/log-reading.ts';
import { registerSessionRoute } from './auth/session-route.ts';
import { createVerifySession, type SessionConfig } from './auth/verify-session.ts';
import { watchBreakGlass } from './auth/watch-break-glass.ts';
import { watchRights } from './auth/watch-rights.ts';
import { documentRoutes } from './documents/routes.ts';
import { problem } from './errors.ts';
import { type FileDeps, fileRoutes } from './files/routes.ts';
import { createDocuments, type Operation, rootFields } from './http/documents.ts';
import { createEngine } from './http/engine.ts';
import { errorHandler, notFoundHandler } from './http/error-handler.ts';
import { graphqlRoute } from './http/graphql-route.ts';
import { defaultLimits, type Limits } from './http/limits.ts';
import { localeOf } from './http/locale.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createHub } from './live/hub.ts';
import { createPositionFeed } from './live/position-feed.ts';
import { createSelections } from './live/selection.ts';
import { createSocketHandler } from './live/socket-server.ts';
import { createSockets } from './live/sockets.ts';
import { createSubscribe } from './live/subscribe.ts';
import { pushRoutes } from './push/routes.ts';
import type { Viewer } from './read-types.ts';
import { createApiKeySecrets } from './schema/api-key-secrets.ts';
import type { GatewayContext } from './schema/context.ts';
import { createSchema, type Definitions } from './schema/schema.ts';

export type GatewayDeps = Definitions & {
  readonly commands: Commands;
  readonly readApi: ReadApi;
  readonly bus: Bus;
  /** How session tokens are verified: Clerk's key and issuer, or those of the local issuer. */
  readonly session: SessionConfig;
  /** Only outside production: signs tokens for `devUsers`. */
  readonly localIssuer?: LocalIssuer | undefined;
  readonly devUsers?: readonly DevUser[] | undefined;
  /** Beside it: what providers of notices would have brought. */
  readonly devInbox?: (() => Promise<readonly DevMessage[]>) | undefined;
  readonly findApiKey?: FindApiKey | undefined;
  /** Secrets of new API keys follow from it; without it, whoever issues a key brings the hash of its secret. */
  readonly masterKey?: string | undefined;
  /** For who learns of ended rights elsewhere too; the gateway itself hears of them from the directory. */
  readonly endedRights?: EndedRights | undefined;
  /** Origins of our web apps. */
  readonly webOrigins: readonly string[];
  readonly production: boolean;
  readonly limits?: Partial<Limits> | undefined;
  /** Photos, signatures and documents; no `/files` without it. */
  readonly files?: FileDeps | undefined;
  /** Statements and invoices as PDF; no `/documents` without it. */
  readonly pdfDocuments?: PdfDocuments | undefined;
  /** Where cars on their way are; nobody is told without it. */
  readonly positions?: Positions | undefined;
  /** Who saw them; nobody reads it without it. */
  readonly positionAccess?: PositionAccessLog | undefined;
  /** Draws samples for auditors; there are none without it. */
  readonly auditSamples?: AuditSamples | undefined;
  /** Browsers that take push messages; there are none without it. */
  readonly push?: PushRegistry | undefined;
  /** Emergency access of the platform's staff; there is none without it. */
  readonly breakGlass?: BreakGlass | undefined;
  /** Counts requests over all gateways; each counts its own without it. */
  readonly redis?: Redis | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
  /** Adds `/health` and `/metrics`. */
  readonly operations?:
    | ((app: FastifyInstance, counts: () => Readonly<Record<string, number>>) => void | Promise<void>)
    | undefined;
};

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
    refused?: unknown;
  }
}

/** Commands that came by GraphQL are told from queries where they run. */
const isReading = ({ method, url }: FastifyRequest): boolean => method === 'GET' || /^\/graphql(\?|$)/.test(url);
/** Where people come with credentials; health and metrics are asked by machines. */
const isForPeople = (url: string): boolean => /^\/(graphql|files|documents|session|push)(\/|\?|$)/.test(url);
const anonymous: Caller = { viewer: null, expiresAt: undefined };
const callerKey = ({ caller: { viewer }, ip }: FastifyRequest): string =>
  viewer ? `${viewer.actor.kind}:${viewer.actor.id}` : `ip:${ip}`;

/** Builds the gateway without listening. Throws when a definition or the identity's configuration is wrong. */
export const createGateway = async (deps: GatewayDeps) => {
  // A developer's tests and measurements are one caller.
  const patience = deps.production ? {} : { requestsPerMinute: 600_000 };
  const limits = { ...defaultLimits, ...patience, ...deps.limits };
  if (deps.production && (deps.localIssuer || deps.session.issuer === localIssuerUrl))
    throw new Error('The local issuer’s key is not accepted in production; configure Clerk');
  const schema = createSchema(deps);
  const endedRights = deps.endedRights ?? createEndedRights();
  const authenticate = createAuthenticate({
    verifySession: createVerifySession(deps.session),
    verifyApiKey: deps.findApiKey && createVerifyApiKey(deps.findApiKey),
    endedRights,
    breakGlass: deps.breakGlass,
  });
  const apiKeySecrets = deps.masterKey === undefined ? undefined : createApiKeySecrets(deps.masterKey);
  const contextOf = (
    viewer: Caller['viewer'],
    locale: GatewayContext['locale'],
    minPosition?: string,
  ): GatewayContext => ({
    ...{ viewer, locale, minPosition, apiKeySecrets, reads: new Map() },
    ...{
      readApi: deps.readApi,
      commands: deps.commands,
      positions: deps.positions,
      positionAccess: deps.positionAccess,
      auditSamples: deps.auditSamples,
    },
  });

  const app = fastify({
    bodyLimit: limits.bodyBytes,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.production,
    forceCloseConnections: true,
    ...(deps.logger ? { loggerInstance: deps.logger } : { logger: false }),
  }) as unknown as FastifyInstance;
  const report = (cause: unknown) => app.log.error({ err: cause }, 'A live query failed');
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('caller');
  app.decorateRequest('refused', undefined);
  app.setErrorHandler(errorHandler);
  app.setNotFoundHandler(notFoundHandler);
  // Neither addresses with their parameters nor headers are logged: both may hold personal data or secrets.
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    if (request.caller.viewer && routeOptions.url !== '/graphql')
      logReading(request.log, request.caller.viewer, () => ({ route: routeOptions.url, params: request.params }));
    request.log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'Answered',
    );
  });

  const secure = securityHeaders();
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(secure);
    done();
  });
  await app.register(cors, { origin: [...deps.webOrigins], maxAge: 600 });
  app.addHook('onRequest', async (request) => {
    request.caller = anonymous;
    if (!isForPeople(request.url)) return;
    const { authorization, [breakGlassHeader]: caseId } = request.headers;
    const locale = localeOf(request.headers['accept-language']);
    await authenticate(authorization, locale, request.ip, caseId === undefined ? undefined : String(caseId)).then(
      (caller) => {
        if (caller.viewer?.breakGlass && !isReading(request))
          throw problem('FORBIDDEN', 'Emergency access reads and does nothing else');
        request.caller = caller;
      },
      // Answered below, once it has been counted: who tries tokens is held back like everybody.
      (refused: unknown) => {
        request.refused = refused;
      },
    );
  });
  if (limits.requestsPerMinute !== undefined)
    await app.register(rateLimit, {
      max: limits.requestsPerMinute,
      timeWindow: 60_000,
      keyGenerator: callerKey,
      skipOnError: true,
      allowList: (request) => !isForPeople(request.url) && !request.url.startsWith('/dev'),
      ...(deps.redis && { redis: deps.redis, nameSpace: 'cargoro-rate-' }),
    });
  app.addHook('onRequest', async ({ refused }) => {
    if (refused !== undefined) throw refused;
  });
  await app.register(websocket, { options: { maxPayload: limits.bodyBytes } });
  await app.register(mercurius, {
    ...{ schema, routes: false, jit: 1, graphiql: false },
    graphql: { parseOptions: { maxTokens: limits.documentTokens } },
    errorFormatter: ({ data, errors }) => ({
      statusCode: 200,
      response: { data: data ?? null, errors: errors as never },
    }),
  });

  const hub = await createHub({
    ...{ bus: deps.bus, readApi: deps.readApi, report },
    contextOf: ({ viewer }) => contextOf(viewer, viewer.locale),
  });
  const unwatch = await watchRights({
    ...{ bus: deps.bus, readApi: deps.readApi, queries: deps.queries },
    endedRights,
    report,
  });
  const sockets = createSockets(endedRights, limits.socketBacklogBytes);
  const unwatchBreakGlass =
    deps.breakGlass && (await watchBreakGlass({ bus: deps.bus, breakGlass: deps.breakGlass, sockets, report }));
  const documents = createDocuments(schema, limits, { introspection: !deps.production });
  const onRead = (viewer: Viewer, operation: Operation) =>
    logReading(app.log, viewer, () => ({ fields: rootFields(operation) }));
  const engine = createEngine(app, onRead);
  const route = graphqlRoute(app, {
    ...{ documents, engine },
    contextOf: (request) => {
      const asked = request.headers['cargoro-min-position'];
      const locale = localeOf(request.headers['accept-language']);
      return contextOf(request.caller.viewer, locale, typeof asked === 'string' ? asked : undefined);
    },
  });
  const positionFeed =
    deps.positions && (await createPositionFeed({ bus: deps.bus, positions: deps.positions, report }));
  const subscribe = createSubscribe({
    ...{ schema, positionFeed },
    subscriptions: deps.subscriptions,
    hub,
    selections: createSelections(schema),
  });
  app.route({
    method: 'GET',
    url: '/graphql',
    handler: route.get,
    wsHandler: createSocketHandler({
      ...{ authenticate, documents, engine, subscribe, sockets, limits, contextOf, report, onRead },
      holds: async (viewer) => (await deps.breakGlass?.holds(viewer)) ?? false,
    }),
  });
  registerSessionRoute(app);
  if (deps.files) await app.register(fileRoutes, deps.files);
  if (deps.pdfDocuments) await app.register(documentRoutes, deps.pdfDocuments);
  await app.register(pushRoutes, deps);
  if (deps.localIssuer) registerDevRoutes(app, deps.localIssuer, deps.devUsers ?? [], deps.devInbox);
  await deps.operations?.(app, () => ({ sockets: sockets.count(), ...hub.stats() }));
  app.addHook('preClose', async () => {
    sockets.closeAll();
    await unwatch();
    await unwatchBreakGlass?.();
    await hub.close();
    await positionFeed?.close();
  });
  await app.ready();
  return { app, schema, stats: () => ({ sockets: sockets.count(), ...hub.stats() }) };
};
export type Gateway = Awaited<ReturnType<typeof createGateway>>;

/** The gateway on a port; 0 takes a free one. */
export const startGateway = async (
  deps: GatewayDeps,
  { port, host }: { readonly port: number; readonly host: string },
) => {
  const gateway = await createGateway(deps);
  const url = await gateway.app.listen({ port, host });
  return { ...gateway, url, port: Number(new URL(url).port), stop: () => gateway.app.close() };
};
