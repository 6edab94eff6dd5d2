import { createRequire } from 'node:module';

/** Of the whole product; it stands in the metadata of every event. */
export const appVersion: string = (createRequire(import.meta.url)('../../../package.json') as { version: string })
  .version;
