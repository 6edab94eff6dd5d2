export { createGateway, type Gateway, type GatewayDeps, startGateway } from './app.ts';
export * from './auth/index.ts';
export type { FileDeps } from './files/routes.ts';
export { defaultLimits, type Limits } from './http/limits.ts';
export { closeCodes } from './live/close-codes.ts';
export { createSchema, type Definitions, sdlOf } from './schema/schema.ts';
