export * from './dispatch.ts';
export * from './types.ts';
