export * from './api-key.ts';
export * from './authenticate.ts';
export * from './dev-routes.ts';
export * from './ended-rights.ts';
export * from './local-issuer.ts';
export * from './principal.ts';
export * from './verify-session.ts';
