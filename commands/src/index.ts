export * from './dispatch.ts';
export * from './types.ts';
export * from './uuid.ts';
