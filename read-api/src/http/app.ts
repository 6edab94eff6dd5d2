import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Actor } from '@cargoro/domain';
import type { Files } from '@cargoro/infra/files/port';
import { Unavailable } from '@cargoro/infra/ports';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createAuditedExports, type RecordExport } from '../audit/exports.ts';
import { type BreakGlass, breakGlassHeader, createBreakGlass, readingOf } from '../break-glass.ts';
import { viewerOf } from '../define.ts';
import { createPdfDocuments } from '../documents/documents.ts';
import { parsed, ReadError } from '../errors.ts';
import type { ReadApi, Viewer } from '../types.ts';
import { documentRoutes } from './documents.ts';
import { exportRoutes } from './exports.ts';
import { kpiRoutes } from './kpis.ts';
import { openApi } from './openapi.ts';
import { proofRoutes } from './proofs.ts';
import { recordRoutes } from './records.ts';
import type { Download, ProofDeps, Route } from './route.ts';

export type ReadHttpDeps = ProofDeps & {
  readonly readApi: ReadApi;
  readonly files: Pick<Files, 'get'>;
  readonly appVersion: string;
  /** Who sends this `Authorization` header; null when it is missing or not valid. */
  readonly verifySession: (authorization: string | undefined, ip: string) => Promise<Actor | null>;
  /** Records an auditor's export in its case; throws when it cannot. Auditors export nothing without it. */
  readonly recordExport?: RecordExport;
  /** Told of every reading by emergency access. */
  readonly onBreakGlass?: (reading: Readonly<Record<string, unknown>>) => void;
  /** Adds what every role answers besides: health, readiness, metrics. */
  readonly extend?: (app: FastifyInstance) => void;
};
const statusOf = { BAD_USER_INPUT: 400, FORBIDDEN: 403, NOT_FOUND: 404 } as const;

/** Reading for analysts and auditors: records with their past, events, proofs, exports. OpenAPI at `/openapi.json`. */
export const readHttp = (deps: ReadHttpDeps): FastifyInstance => {
  const app = Fastify({ bodyLimit: 64 * 1024, logger: false, requestTimeout: 0 });
  const routes: readonly Route[] = [
    ...recordRoutes(deps.readApi),
    ...exportRoutes(deps.readApi, createAuditedExports(deps)),
    ...kpiRoutes(deps),
    ...proofRoutes(deps),
    ...documentRoutes(createPdfDocuments(deps)),
  ];
  const document = openApi(routes, deps.appVersion);
  const breakGlass = createBreakGlass(deps);

  app.setErrorHandler((error, _request, reply) => answerProblem(reply, error));
  app.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'There is no such path' } });
  });
  app.get('/openapi.json', () => document);
  for (const route of routes)
    app.get(route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (request, reply) => {
      const viewer = await viewerOfRequest(request, deps.verifySession, breakGlass);
      if (!viewer) return reply.code(401).send({ error: { code: 'UNAUTHENTICATED', message: 'Sign in first' } });
      if (route.roles && !(viewer.actor.role && route.roles.includes(viewer.actor.role)))
        throw new ReadError(
          'FORBIDDEN',
          `${route.path} is not open to ${viewer.actor.role ?? 'a person without a role'}`,
        );
      if (viewer.breakGlass) deps.onBreakGlass?.({ ...readingOf(viewer), route: route.path, params: request.params });
      const input = parsed(route.input, { ...(request.params as object), ...(request.query as object) });
      const answer = await route.answer(input, viewer);
      if (!isDownload(answer)) return answer ?? reply.send(null);
      reply.header('content-disposition', `attachment; filename="${answer.filename}"`).headers(answer.headers ?? {});
      return reply.type(answer.type).send(answer.stream);
    });
  deps.extend?.(app);
  return app;
};

/** Rows have a column of that name as well, which holds text. */
const isDownload = (answer: object | null): answer is Download =>
  answer !== null && 'stream' in answer && answer.stream instanceof Readable;

const viewerOfRequest = async (
  { headers, ip }: FastifyRequest,
  verifySession: ReadHttpDeps['verifySession'],
  breakGlass: BreakGlass,
): Promise<Viewer | null> => {
  const actor = await verifySession(headers.authorization, ip);
  const viewer = actor && viewerOf(actor, /^\s*en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'ko');
  const caseId = headers[breakGlassHeader];
  return viewer && caseId !== undefined ? breakGlass.enter(viewer, String(caseId)) : viewer;
};

const answerProblem = (reply: FastifyReply, error: unknown): void => {
  if (error instanceof ReadError) {
    const { code, message, fields } = error;
    reply.code(statusOf[code]).send({ error: { code, message, ...(fields && { fields }) } });
    return;
  }
  if (error instanceof Unavailable) {
    reply
      .code(503)
      .header('retry-after', '1')
      .send({ error: { code: 'UNAVAILABLE', message: error.message } });
    return;
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const message = status < 500 ? (error as Error).message : 'Something went wrong on our side';
  reply.code(status).send({ error: { code: status < 500 ? 'BAD_USER_INPUT' : 'INTERNAL', message } });
};

/** Serves it; port 0 takes any free one. `stop` lets requests in flight finish. */
export const startReadApi = async (
  deps: ReadHttpDeps,
  { port, host = '127.0.0.1' }: { port: number; host?: string },
): Promise<{ readonly port: number; readonly url: string; stop(): Promise<void> }> => {
  const app = readHttp(deps);
  await app.listen({ port, host });
  const { port: bound } = app.server.address() as AddressInfo;
  return { port: bound, url: `http://${host}:${bound}`, stop: () => app.close() };
};
