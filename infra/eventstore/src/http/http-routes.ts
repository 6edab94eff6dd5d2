import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type HttpRoute = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

export const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
};

const ping: HttpRoute = (_request, response) =>
  sendJson(response, 200, { msgTypeId: 3, text: 'Ping request successfully handled' });
const live: HttpRoute = (_request, response) => {
  response.writeHead(204);
  response.end();
};

/** The few HTTP/1.1 end points; `routes` is keyed by method and path, a trailing `*` takes everything below. */
export const createHttp = (routes: Readonly<Record<string, HttpRoute>>): Server => {
  const all: Record<string, HttpRoute> = {
    'GET /ping': ping,
    'GET /health/live': live,
    'HEAD /health/live': live,
    ...routes,
  };
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://node');
    const name = `${request.method} ${url.pathname}`;
    const below = Object.keys(all).find((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)));
    const route = all[name] ?? (below === undefined ? undefined : all[below]);
    if (!route) {
      response.writeHead(404, 'Not Found');
      response.end();
      return;
    }
    Promise.resolve(route(request, response, url)).catch((reason: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: String(reason) });
    });
  });
};
