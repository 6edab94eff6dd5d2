export * from './dispatch.ts';
export * from './http/api.ts';
export { refusalText } from './http/refusal-text.ts';
export * from './migrate.ts';
export * from './observe/command-log.ts';
export * from './observe/logged.ts';
export * from './observe/measured.ts';
export * from './types.ts';
