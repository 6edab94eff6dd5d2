import type { AnyAggregate } from '@cargoro/domain';
import type { QueryDef, SubscriptionDef } from '@cargoro/read-api';
import { assertValidSchema, GraphQLObjectType, GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { auditSampleFields } from './audit-sample.ts';
import { mutationFields } from './mutations.ts';
import { positionAccessFields } from './position-access.ts';
import { positionFields } from './positions.ts';
import { queryFields } from './queries.ts';
import { createRecordTypes } from './records.ts';
import { subscriptionFields } from './subscriptions.ts';
import { createZodTypes } from './zod-types.ts';

/** All the public API is a function of these three lists. */
export type Definitions = {
  readonly aggregates: readonly AnyAggregate[];
  readonly queries: readonly QueryDef[];
  readonly subscriptions: readonly SubscriptionDef[];
};

/** The schema, made once at boot. Throws when two shapes want one name, or a definition names what is not there. */
export const createSchema = ({ aggregates, queries, subscriptions }: Definitions): GraphQLSchema => {
  const types = createZodTypes();
  const records = createRecordTypes(aggregates, types);
  const positions = positionFields(types);
  const others = { ...positionAccessFields(types), ...auditSampleFields(types) };
  const schema = new GraphQLSchema({
    description: 'CarGoro: repairs, reservations, invoices and vehicles, by commands and live queries.',
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { ...queryFields(queries, records, types), ...positions.query, ...others },
    }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: mutationFields(aggregates, types) }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: { ...subscriptionFields(subscriptions, records, types), ...positions.subscription },
    }),
  });
  types.verify();
  assertValidSchema(schema);
  return schema;
};

/** SDL in a stable order, for `gateway/schema.graphql`. */
export const sdlOf = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
