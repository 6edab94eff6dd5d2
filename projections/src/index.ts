export type * from './kit/types.ts';
