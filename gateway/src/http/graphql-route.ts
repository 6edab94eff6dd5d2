import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { badInput } from '../errors.ts';
import type { GatewayContext } from '../schema/context.ts';
import type { Documents } from './documents.ts';
import { type Answer, type Engine, refusal } from './engine.ts';
import { type GraphQLRequest, readParameters, readRequest } from './graphql-request.ts';
import { RequestErrors } from './request-errors.ts';

const responseJson = 'application/graphql-response+json';

/**
 * Sends an answer by the GraphQL-over-HTTP specification: under its own media type a refused request is a 400; under
 * `application/json`, which older clients ask for, it is a 200 unless the request itself could not be read.
 */
const send = (request: FastifyRequest, reply: FastifyReply, answer: Answer, status?: number): FastifyReply => {
  const modern = request.headers.accept?.includes(responseJson) ?? false;
  const ran = 'data' in answer;
  return reply
    .code(status ?? (ran || !modern ? 200 : 400))
    .header('content-type', `${modern ? responseJson : 'application/json'}; charset=utf-8`)
    .header('vary', 'accept, accept-language')
    .send(JSON.stringify(answer));
};

export type GraphQLRouteDeps = {
  readonly documents: Documents;
  readonly engine: Engine;
  readonly contextOf: (request: FastifyRequest) => GatewayContext;
};

/** `POST /graphql` and the handler of `GET /graphql`; sockets are taken up on the same path. */
export const graphqlRoute = (app: FastifyInstance, { documents, engine, contextOf }: GraphQLRouteDeps) => {
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    read: () => GraphQLRequest,
  ): Promise<FastifyReply> => {
    const context = contextOf(request);
    const report = (cause: unknown) => request.log.error({ err: cause }, 'A request failed');
    let asked: GraphQLRequest;
    try {
      asked = read();
    } catch (error) {
      return send(request, reply, refusal(error, context.locale, report), 400);
    }
    try {
      const operation = documents(asked.query, asked.operationName, asked.variables);
      if (operation.kind === 'subscription')
        throw new RequestErrors([badInput({ path: 'query', reason: 'Subscribe over a WebSocket on this path' })]);
      if (operation.kind === 'mutation' && request.method === 'GET') {
        const refused = refusal(
          new RequestErrors([badInput({ path: 'query', reason: 'Send commands by POST' })]),
          context.locale,
          report,
        );
        return send(request, reply.header('allow', 'POST'), refused, 405);
      }
      return send(request, reply, await engine(operation, asked.variables, context, report));
    } catch (error) {
      return send(request, reply, refusal(error, context.locale, report));
    }
  };
  app.post('/graphql', (request, reply) => answer(request, reply, () => readRequest(request.body)));
  return {
    get: (request: FastifyRequest, reply: FastifyReply) =>
      answer(request, reply, () => readParameters(request.query as Record<string, unknown>)),
  };
};
