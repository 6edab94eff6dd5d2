import { type AnyReadModel, readModels } from '@cargoro/projections';
import { z } from 'zod';
import { ReadError } from '../errors.ts';
import { adminQueries } from '../queries/admin.ts';
import type { Moment, QueryDef, ReadApi } from '../types.ts';
import { type Route, route } from './route.ts';

const Name = z.string().min(1).max(80);
const Id = z.string().min(1).max(200);
const record = z.object({ readModel: Name, id: Id });
export const paging = z.object({
  first: z.coerce.number().int().min(0).max(200).default(50),
  after: z.string().max(500).optional(),
});
const moment = {
  revision: z.string().optional(),
  recordedAt: z.string().optional(),
  occurredAt: z.string().optional(),
};

export const readModelOf = (name: string): AnyReadModel => {
  const found = readModels.find((model) => model.name === name || model.type === name);
  if (!found) throw new ReadError('NOT_FOUND', `There is no read model ${name}`);
  return found;
};
const momentOf = (given: Readonly<Record<string, string | undefined>>, prefix = ''): Moment => {
  const name = (axis: string) => (prefix ? `${prefix}${axis[0]?.toUpperCase()}${axis.slice(1)}` : axis);
  return Object.fromEntries(
    ['revision', 'recordedAt', 'occurredAt'].flatMap((axis) => {
      const value = given[name(axis)];
      return value === undefined ? [] : [[axis, value]];
    }),
  );
};
const both = Object.fromEntries(
  ['from', 'to'].flatMap((side) =>
    ['Revision', 'RecordedAt', 'OccurredAt'].map((axis) => [`${side}${axis}`, z.string().optional()]),
  ),
);
const orNotFound = <T>(found: T | null): T => {
  if (found === null) throw new ReadError('NOT_FOUND', 'There is no such record, or not for you');
  return found;
};

const events = adminQueries.find(({ name }) => name === 'events') as QueryDef;

/** Records today and in the past, and the index of events. */
export const recordRoutes = (api: ReadApi): readonly Route[] => [
  route({
    path: '/records/{readModel}/{id}',
    summary: 'A record as it stands',
    input: record,
    answer: async ({ readModel, id }, viewer) => {
      const model = readModelOf(readModel);
      return orNotFound((await api.byKeys(model, [id], viewer)).get(id) ?? null);
    },
  }),
  route({
    path: '/records/{readModel}/{id}/history',
    summary: 'The events of a record: who, what, when, why',
    input: record.extend(paging.shape),
    answer: ({ readModel, id, first, after = null }, viewer) =>
      api.history(readModelOf(readModel), id, { first, after }, viewer),
  }),
  route({
    path: '/records/{readModel}/{id}/as-of',
    summary: 'A record as it was at a revision, when recorded, or when it happened; name one of the three',
    input: record.extend(moment),
    answer: async ({ readModel, id, ...given }, viewer) =>
      orNotFound(await api.asOf(readModelOf(readModel), id, momentOf(given), viewer)),
  }),
  route({
    path: '/records/{readModel}/{id}/diff',
    summary: 'What changed of a record between two moments, field by field',
    input: record.extend(both),
    answer: async ({ readModel, id, ...given }, viewer) => {
      const sides = given as Readonly<Record<string, string | undefined>>;
      const model = readModelOf(String(readModel));
      return { changes: await api.diff(model, String(id), momentOf(sides, 'from'), momentOf(sides, 'to'), viewer) };
    },
  }),
  route({
    path: '/events',
    summary: 'The index of events, newest first',
    input: paging.extend({
      stream: z.string().optional(),
      type: z.string().optional(),
      actorId: z.string().optional(),
      orgId: z.string().optional(),
      reasonCode: z.string().optional(),
      from: z.string().optional(),
      to: z.string().optional(),
      text: z.string().optional(),
    }),
    answer: ({ first, after = null, type, ...rest }, viewer) =>
      api.page(events, { filter: { ...rest, ...(type ? { types: [type] } : {}) } }, { first, after }, viewer),
  }),
];
