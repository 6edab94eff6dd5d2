import { writeFile } from 'node:fs/promises';
import { aggregates } from '@cargoro/domain';
import { queries, subscriptions } from '@cargoro/read-api';
import { createSchema, sdlOf } from './schema.ts';

/** `pnpm --filter @cargoro/gateway schema`: writes the public schema, for review and for the web's types. */
await writeFile(
  new URL('../../schema.graphql', import.meta.url),
  sdlOf(createSchema({ aggregates, queries, subscriptions })),
);
