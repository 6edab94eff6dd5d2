import { type AnyAggregate, Party } from '@cargoro/domain';
import {
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import { z } from 'zod';
import type { AnyReadModel, Row } from '../read-types.ts';
import { AllowedCommandType, createAllowedCommands } from './allowed-commands.ts';
import { type GatewayContext, readOnce, signedIn } from './context.ts';
import { both } from './descriptions.ts';
import { FieldChangeType, HistoryConnection, historyArgs, MomentInput, momentArgs, momentOf } from './history.ts';
import { pagingOf } from './paging.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import type { ZodTypes } from './zod-types.ts';

type Fields = GraphQLFieldConfigMap<Row, GatewayContext>;
type Args = Readonly<Record<string, unknown>>;

const listOf = (type: GraphQLObjectType) => new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type)));

/** Columns every read model has. The moment of the last event is `recordedAt` here: `asOf` asks for the past. */
const systemFields = (types: ZodTypes): Fields => ({
  id: { type: new GraphQLNonNull(GraphQLID) },
  revision: {
    type: new GraphQLNonNull(GraphQLString),
    description: 'Of the record’s stream; what `expectedRevision` is compared with.',
  },
  position: { type: new GraphQLNonNull(PositionScalar), description: 'Of the last event folded in.' },
  recordedAt: { type: new GraphQLNonNull(DateTimeScalar), resolve: (row) => row.asOf },
  ...(types.outputFields({ parties: z.array(Party) }, 'Record') as Fields),
});

/** What a row offers of the record it is about: what may be done, and its past. */
const recordFields = (readModel: AnyReadModel, aggregate: AnyAggregate, self: () => GraphQLObjectType): Fields => {
  const allowedCommands = createAllowedCommands(aggregate);
  return {
    allowedCommands: {
      type: listOf(AllowedCommandType),
      resolve: (row, _args, context) => allowedCommands(row, signedIn(context)),
    },
    history: {
      type: new GraphQLNonNull(HistoryConnection),
      args: historyArgs,
      resolve: async (row, args: Args, context) => {
        const paging = pagingOf(args);
        const read = () => context.readApi.history(readModel, row.id, paging, signedIn(context));
        const page = await readOnce(context, ['history', readModel.name, row.id, paging], read);
        return {
          edges: page.entries.map((entry) => ({ node: entry, cursor: entry.revision })),
          pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
        };
      },
    },
    asOf: {
      type: self(),
      description: 'The record as it was; null before it existed.',
      args: momentArgs,
      resolve: (row, args: Args, context) => {
        const moment = momentOf(args, 'asOf');
        const read = () => context.readApi.asOf(readModel, row.id, moment, signedIn(context));
        return readOnce(context, ['asOf', readModel.name, row.id, moment], read);
      },
    },
    diff: {
      type: listOf(FieldChangeType),
      args: { from: { type: new GraphQLNonNull(MomentInput) }, to: { type: new GraphQLNonNull(MomentInput) } },
      resolve: (row, { from, to }: Args, context) => {
        const [before, after] = [momentOf(from as Args, 'from'), momentOf(to as Args, 'to')];
        const read = () => context.readApi.diff(readModel, row.id, before, after, signedIn(context));
        return readOnce(context, ['diff', readModel.name, row.id, before, after], read);
      },
    },
  };
};

const computedOf = ({ computed = {} }: AnyReadModel) =>
  Object.fromEntries(Object.entries(computed).map(([name, { schema }]) => [name, schema.nullable()]));

/** The GraphQL type of each read model's row, made once. */
export const createRecordTypes = (aggregates: readonly AnyAggregate[], types: ZodTypes) => {
  const made = new Map<
    string,
    { readonly readModel: AnyReadModel; readonly type: GraphQLObjectType<Row, GatewayContext> }
  >();
  return (readModel: AnyReadModel): GraphQLObjectType<Row, GatewayContext> => {
    const standing = made.get(readModel.type);
    if (standing?.readModel === readModel) return standing.type;
    if (standing)
      throw new Error(`${standing.readModel.name} and ${readModel.name} both want the type ${readModel.type}`);
    const aggregate = aggregates.find(({ name }) => name === readModel.record);
    if (readModel.record && !aggregate) throw new Error(`${readModel.name} names no aggregate: ${readModel.record}`);
    const type: GraphQLObjectType<Row, GatewayContext> = new GraphQLObjectType<Row, GatewayContext>({
      name: readModel.type,
      ...(aggregate && { description: both(aggregate.doc) }),
      fields: () => ({
        ...(types.outputFields(readModel.row.shape, readModel.type) as Fields),
        ...(types.outputFields(computedOf(readModel), readModel.type) as Fields),
        ...systemFields(types),
        ...(aggregate ? recordFields(readModel, aggregate, () => type) : {}),
      }),
    });
    made.set(readModel.type, { readModel, type });
    return type;
  };
};
export type RecordTypes = ReturnType<typeof createRecordTypes>;
