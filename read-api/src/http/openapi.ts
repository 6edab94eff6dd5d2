import { z } from 'zod';
import type { Route } from './route.ts';

type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: unknown };

const parametersOf = ({ path, input }: Route): readonly Parameter[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, unknown>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => {
    const inPath = path.includes(`{${name}}`);
    return { name, in: inPath ? 'path' : 'query', required: inPath || required.includes(name), schema };
  });
};
const problem = { type: 'object', properties: { error: { type: 'object' } } };
const contentOf = (media: readonly string[]) =>
  Object.fromEntries(media.map((type) => [type.split(';')[0], { schema: {} }]));

/** The OpenAPI 3.1 document of these routes. */
export const openApi = (routes: readonly Route[], version: string): object => ({
  openapi: '3.1.0',
  info: {
    title: 'CarGoro read API',
    version,
    description: 'Records, their past, events, proofs and exports. Read only.',
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      apiKey: { type: 'apiKey', in: 'header', name: 'authorization', description: '`ApiKey <key>`' },
    },
  },
  security: [{ bearer: [] }, { apiKey: [] }],
  paths: Object.fromEntries(
    routes.map((route) => [
      route.path,
      {
        get: {
          summary: route.summary,
          parameters: parametersOf(route),
          ...(route.roles ? { 'x-roles': route.roles } : {}),
          responses: {
            200: { description: 'OK', content: contentOf(route.downloads ?? ['application/json']) },
            ...Object.fromEntries(
              [400, 401, 403, 404, 503].map((status) => [
                status,
                {
                  description: 'A problem with its code and message',
                  content: { 'application/json': { schema: problem } },
                },
              ]),
            ),
          },
        },
      },
    ]),
  ),
});
