import type { Role } from '@cargoro/domain';
import { verify } from '@cargoro/projections';
import { z } from 'zod';
import { ReadError } from '../errors.ts';
import type { ReadApi } from '../types.ts';
import { readModelOf } from './records.ts';
import { type ProofDeps, type Route, route } from './route.ts';

const auditors: readonly Role[] = ['PLATFORM_ADMIN', 'PLATFORM_AUDITOR'];

/** Proofs that rows equal the replay of their events: one row for whoever sees it, whole tables for the platform's auditors. */
export const proofRoutes = ({ readApi, ...deps }: ProofDeps & { readonly readApi: ReadApi }): readonly Route[] => [
  route({
    path: '/records/{readModel}/{id}/prove',
    summary: 'Replays the log for one row and compares',
    input: z.object({ readModel: z.string(), id: z.string().max(200) }),
    answer: async ({ readModel, id }, viewer) => {
      const model = readModelOf(readModel);
      if (!(await readApi.byKeys(model, [id], viewer)).has(id))
        throw new ReadError('NOT_FOUND', 'There is no such record, or not for you');
      const [result] = await verify(deps, { names: [model.name], only: id });
      const differing = result?.differing ?? 0;
      return { readModel: model.name, id, position: result?.position, equal: differing === 0 };
    },
  }),
  route({
    path: '/verify',
    summary: 'Replays the log and compares every table, or one: counts and the keys that differ',
    roles: auditors,
    input: z.object({ readModel: z.string().optional() }),
    answer: async ({ readModel }) => {
      const results = await verify(deps, readModel ? { names: [readModelOf(readModel).name] } : {});
      return {
        equal: results.every(({ differing }) => differing === 0),
        readModels: results.map(({ differences, ...result }) => ({ ...result, keys: differences.map(({ id }) => id) })),
      };
    },
  }),
];
