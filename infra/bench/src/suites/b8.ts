import { createPostgres } from '@cargoro/infra/postgres';
import { fillBoard } from '../board-table.ts';
import type { Environment } from '../environment.ts';
import type { Suite } from '../suite.ts';

const count = 4_000;
let database: Promise<Record<string, unknown>> | undefined;
/** All arms read the same table. */
const options =
  (more: Record<string, unknown>) =>
  async (env: Environment): Promise<Record<string, unknown>> => {
    database ??= env.withDatabase('lists');
    return { ...(await database), count, ...more };
  };

export const b8: Suite = {
  name: 'B8',
  title: 'lists of 20 rows and 11 columns out of 100,000, each viewer its own, over 32 connections',
  rounds: 5,
  prepare: async (env) => {
    const { databaseUrl } = await options({})(env);
    const postgres = createPostgres({ url: String(databaseUrl) });
    await fillBoard(postgres.pool);
    await postgres.close();
  },
  arms: [
    { name: 'cargoro gateway', file: 'cargoro-list.ts', options: options({}) },
    { name: 'json passed through', file: 'list-plain.ts', options: options({ text: true }) },
    { name: 'fastify + pg', file: 'list-plain.ts', options: options({}) },
  ],
  goals: [
    {
      text: 'at most 2x the CPU of JSON passed through',
      arm: 'cargoro gateway',
      of: 'json passed through',
      figure: 'cpuUsPerOp',
      atMost: 2,
    },
  ],
};
