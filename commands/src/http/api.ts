import type { AddressInfo } from 'node:net';
import type { Actor, AnyAggregate, Locale } from '@cargoro/domain';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { badInput, fieldsOf } from '../input.ts';
import type { PositionsIntake } from '../positions/intake.ts';
import { positionsPath, positionsRoute } from '../positions/route.ts';
import { CommandError, type CommandOutcome, type CommandRequest, type Commands } from '../types.ts';
import { CommandBody, openApi } from './openapi.ts';
import { refusalText } from './refusal-text.ts';

export type CommandsApiDeps = {
  readonly commands: Commands;
  readonly aggregates: readonly AnyAggregate[];
  readonly appVersion: string;
  /** Who sends this `Authorization` header; null when it is missing or not valid. */
  readonly verifySession: (authorization: string | undefined, ip: string) => Promise<Actor | null>;
  /** Where drivers tell where they are; no `/positions` without it. */
  readonly positions?: PositionsIntake | undefined;
  /** Adds what every role answers besides: health, readiness, metrics. */
  readonly extend?: (app: FastifyInstance) => void;
};

const bodyLimit = 256 * 1024;
const statusOf = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

const localeOf = (accept: string | undefined): Locale => (/^\s*en\b/i.test(accept ?? '') ? 'en' : 'ko');

/** Optional fields left out stay out: a key with `undefined` is not the same as no key. */
const requestOf = (type: string, body: unknown, actor: Actor): CommandRequest => {
  const parsed = CommandBody.safeParse(body);
  if (!parsed.success) throw badInput(...fieldsOf(parsed.error.issues, 'body'));
  return { ...parsed.data, type, actor };
};

/** The write side over HTTP: `POST /commands/:type`, the same semantics and codes as GraphQL, OpenAPI at `/openapi.json`. */
export const commandsApi = (deps: CommandsApiDeps): FastifyInstance => {
  const app = Fastify({ bodyLimit, logger: false, requestTimeout: 30_000 });
  const document = openApi(deps.aggregates, deps.appVersion, deps.positions ? positionsPath : {});
  const textOf = refusalText(deps.aggregates);

  app.setErrorHandler((error, _request, reply) => answerProblem(reply, error));
  app.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ error: { code: 'BAD_USER_INPUT', message: 'There is no such path' } });
  });
  app.get('/openapi.json', () => document);
  app.post<{ Params: { type: string } }>('/commands/:type', async (request) => {
    const actor = await deps.verifySession(request.headers.authorization, request.ip);
    if (!actor) throw new CommandError('UNAUTHENTICATED', 'Sign in first');
    const { type } = request.params;
    const outcome = await deps.commands.dispatch(requestOf(type, request.body, actor));
    return outcome.kind === 'accepted' ? outcome : withMessage(outcome, localeOf(request.headers['accept-language']));

    function withMessage(rejected: Extract<CommandOutcome, { kind: 'rejected' }>, locale: Locale) {
      return { ...rejected, message: textOf(type, rejected.code)[locale] };
    }
  });
  if (deps.positions) positionsRoute(app, deps.positions, deps.verifySession);
  deps.extend?.(app);
  return app;
};

const answerProblem = (reply: FastifyReply, error: unknown): void => {
  if (error instanceof CommandError) {
    if (error.code === 'UNAVAILABLE') reply.header('retry-after', '1');
    const { code, message, fields } = error;
    reply.code(statusOf[code]).send({ error: { code, message, ...(fields && { fields }) } });
    return;
  }
  // Fastify's own findings: malformed JSON, a body too large, a media type it does not read.
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const message = status < 500 ? (error as Error).message : 'Something went wrong on our side';
  reply.code(status).send({ error: { code: status < 500 ? 'BAD_USER_INPUT' : 'INTERNAL', message } });
};

export type RunningApi = { readonly port: number; readonly url: string; stop(): Promise<void> };

/** Serves the API; port 0 takes any free one. `stop` lets requests in flight finish. */
export const startCommandsApi = async (
  deps: CommandsApiDeps,
  { port, host = '127.0.0.1' }: { port: number; host?: string },
): Promise<RunningApi> => {
  const app = commandsApi(deps);
  await app.listen({ port, host });
  const { port: bound } = app.server.address() as AddressInfo;
  return { port: bound, url: `http://${host}:${bound}`, stop: () => app.close() };
};
