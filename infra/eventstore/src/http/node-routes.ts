import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Metadata, status } from '@grpc/grpc-js';
import { checkWrite } from '../grpc/append-request.ts';
import { asFailure } from '../grpc/errors.ts';
import { SERVER_VERSION } from '../grpc/features-service.ts';
import type { Member } from '../grpc/gossip-service.ts';
import type { NodeContext } from '../grpc/node-context.ts';
import { prometheus, type Statistics } from '../operations/statistics.ts';
import type { Caller } from '../security/access.ts';
import { append } from '../streams/append.ts';
import { ANY } from '../streams/names.ts';
import { type HttpRoute, sendJson } from './http-routes.ts';

const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new RangeError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const identify = (node: NodeContext, request: IncomingMessage): Promise<Caller> | Caller => {
  const metadata = new Metadata();
  if (request.headers.authorization) metadata.set('authorization', request.headers.authorization);
  return node.access.identify(metadata);
};

/** POST /streams/{name} with an ES-EventType header writes the body as one event, as it stands. */
const postEvent =
  (node: NodeContext): HttpRoute =>
  async (request, response, url) => {
    const stream = decodeURIComponent(url.pathname.slice('/streams/'.length));
    const type = request.headers['es-eventtype'];
    if (typeof type !== 'string') return sendJson(response, 400, { error: 'The header ES-EventType is missing.' });
    try {
      checkWrite(node.access, await identify(node, request), stream);
      const id = request.headers['es-eventid'];
      const data = await readBody(request, node.limits.maxAppendBytes);
      const json = /json/.test(request.headers['content-type'] ?? '');
      const event = {
        id: typeof id === 'string' ? id.toLowerCase() : randomUUID(),
        type,
        json,
        data,
        metadata: Buffer.alloc(0),
      };
      const outcome = await append(node.log, stream, ANY, [event]);
      response.writeHead(outcome.kind === 'appended' ? 201 : 410);
      response.end();
    } catch (reason) {
      const { code, details } = asFailure(reason);
      const statusCode =
        code === status.UNAUTHENTICATED || code === status.PERMISSION_DENIED
          ? 401
          : reason instanceof RangeError
            ? 413
            : 500;
      sendJson(response, statusCode, { error: details });
    }
  };

export const nodeRoutes = (
  node: NodeContext,
  statistics: Statistics,
  members: () => readonly Member[],
  secured: boolean,
): Record<string, HttpRoute> => ({
  'GET /metrics': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(prometheus(statistics.measures()));
  },
  'GET /health/ready': (_request, response) =>
    sendJson(response, node.calls.stopping ? 503 : 200, {
      ready: !node.calls.stopping,
      position: node.log.committedEnd,
    }),
  'GET /info': (_request, response) =>
    sendJson(response, 200, {
      esVersion: SERVER_VERSION,
      state: 'leader',
      features: { projections: true },
      authentication: { type: secured ? 'basic' : 'insecure' },
    }),
  'GET /gossip': (_request, response) =>
    sendJson(response, 200, {
      members: members().map(({ instanceId, state, alive, host, port }) => ({
        instanceId,
        state,
        isAlive: alive,
        httpEndPointIp: host,
        httpEndPointPort: port,
      })),
    }),
  'POST /streams/*': postEvent(node),
});
