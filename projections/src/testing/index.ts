export * from './histories.ts';
export * from './world.ts';
