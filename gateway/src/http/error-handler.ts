import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { badInput, formatError, problem } from '../errors.ts';
import { localeOf } from './locale.ts';

/** What went wrong before a route could answer, as an error of ours. */
const problemOf = (
  error: FastifyError,
  request: FastifyRequest,
): { readonly status: number; readonly problem: GraphQLError } => {
  if (error instanceof GraphQLError) {
    const status = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 }[String(error.extensions.code)] ?? 400;
    return { status, problem: error };
  }
  const status = error.statusCode ?? 500;
  if (status === 429) return { status, problem: problem('RATE_LIMITED', error.message) };
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const reason = `It is larger than the ${Math.floor(request.server.initialConfig.bodyLimit ?? 0) / 1_024} KB allowed`;
    return { status, problem: badInput({ path: 'body', reason }) };
  }
  if (status < 500) return { status, problem: badInput({ path: 'body', reason: error.message }) };
  return { status, problem: new GraphQLError(error.message, { originalError: error }) };
};

/** Every error answers in the one form clients know, whatever route it came from. */
export const errorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { status, problem: known } = problemOf(error, request);
  const locale = localeOf(request.headers['accept-language']);
  const report = (cause: unknown) => request.log.error({ err: cause }, 'A request failed');
  return reply.code(status).send({ errors: [formatError(known, locale, report)] });
};

export const notFoundHandler = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.code(404).send({ errors: [{ message: 'There is nothing here', extensions: { code: 'NOT_FOUND' } }] });
