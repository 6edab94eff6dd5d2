export * from './types.ts';
export * from './uuid.ts';
