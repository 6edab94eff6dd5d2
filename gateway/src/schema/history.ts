import type { Moment } from '@cargoro/read-api';
import {
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import { badInput } from '../errors.ts';
import { pageInfoType } from './paging.ts';
import { DateTimeScalar, JsonScalar, PositionScalar } from './scalars.ts';

const text = new GraphQLNonNull(GraphQLString);
const moment = new GraphQLNonNull(DateTimeScalar);
const position = new GraphQLNonNull(PositionScalar);

const HistoryActor = new GraphQLObjectType({
  name: 'HistoryActor',
  fields: { kind: { type: text }, id: { type: text }, orgId: { type: GraphQLString }, role: { type: GraphQLString } },
});
const HistoryEntryType = new GraphQLObjectType({
  name: 'HistoryEntry',
  description: 'One event of the record: who, what, when, why.',
  fields: {
    eventId: { type: new GraphQLNonNull(GraphQLID) },
    type: { type: text },
    revision: { type: text },
    position: { type: position },
    occurredAt: { type: moment, description: 'When it happened, by the device or the actor.' },
    recordedAt: { type: moment, description: 'When the store took it.' },
    actor: { type: new GraphQLNonNull(HistoryActor) },
    command: { type: text },
    correlationId: { type: text },
    causationId: { type: text },
    reasonCode: { type: GraphQLString },
    reasonText: { type: GraphQLString },
    deviceId: { type: GraphQLString },
    data: { type: JsonScalar, description: 'What the event says; personal fields only for those who may see them.' },
  },
});
export const HistoryConnection = new GraphQLObjectType({
  name: 'HistoryConnection',
  fields: {
    edges: {
      type: new GraphQLNonNull(
        new GraphQLList(
          new GraphQLNonNull(
            new GraphQLObjectType({
              name: 'HistoryEdge',
              fields: { node: { type: new GraphQLNonNull(HistoryEntryType) }, cursor: { type: text } },
            }),
          ),
        ),
      ),
    },
    pageInfo: { type: pageInfoType },
  },
});
export const FieldChangeType = new GraphQLObjectType({
  name: 'FieldChange',
  fields: {
    path: { type: text, description: 'Items of lists are named by their id.' },
    before: { type: JsonScalar },
    after: { type: JsonScalar },
  },
});

const momentFields = {
  revision: { type: GraphQLString, description: 'After this revision of the record.' },
  recordedAt: { type: DateTimeScalar, description: 'What we knew then.' },
  occurredAt: { type: DateTimeScalar, description: 'What had happened then.' },
};
export const momentArgs = momentFields;
export const MomentInput = new GraphQLInputObjectType({
  name: 'MomentInput',
  description: 'A moment of a record: exactly one of the three.',
  fields: momentFields,
});
export const historyArgs = { first: { type: GraphQLInt }, after: { type: GraphQLString } };

/** Exactly one way to name the moment, of the right form. Throws BAD_USER_INPUT. */
export const momentOf = (given: Readonly<Record<string, unknown>>, path: string): Moment => {
  const named = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  const [[key, value] = []] = named;
  if (!key || named.length !== 1) throw badInput({ path, reason: 'Name one of revision, recordedAt and occurredAt' });
  if (key === 'revision' && !/^\d{1,19}$/.test(String(value)))
    throw badInput({ path: `${path}.revision`, reason: 'Use a decimal number' });
  if (key !== 'revision' && Number.isNaN(Date.parse(String(value))))
    throw badInput({ path: `${path}.${key}`, reason: 'Use UTC, such as 2025-06-30T05:00:00Z' });
  return { [key]: String(value) } as Moment;
};
