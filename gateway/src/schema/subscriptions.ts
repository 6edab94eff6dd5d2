import type { SubscriptionDef } from '@cargoro/read-api';
import {
  GraphQLEnumType,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLNonNull,
  GraphQLObjectType,
} from 'graphql';
import type { Row } from '../read-types.ts';
import type { GatewayContext } from './context.ts';
import { pascal, readDescription } from './queries.ts';
import type { RecordTypes } from './records.ts';
import { PositionScalar } from './scalars.ts';
import type { ZodTypes } from './zod-types.ts';

/** One event of a live query. */
export type LiveChange = {
  readonly position: string;
  readonly change: 'UPSERTED' | 'REMOVED';
  readonly id: string;
  readonly node: Row | null;
};

const ChangeKind = new GraphQLEnumType({
  name: 'ChangeKind',
  values: {
    UPSERTED: { description: 'The row is new or changed.' },
    REMOVED: { description: 'The viewer no longer sees the row.' },
  },
});

export const subscriptionFields = (
  subscriptions: readonly SubscriptionDef[],
  records: RecordTypes,
  types: ZodTypes,
): GraphQLFieldConfigMap<LiveChange, GatewayContext> => {
  const changes = new Map<string, GraphQLObjectType>();
  const changeOf = ({ readModel }: SubscriptionDef): GraphQLObjectType => {
    const standing = changes.get(readModel.type);
    if (standing) return standing;
    const type = new GraphQLObjectType<LiveChange, GatewayContext>({
      name: `${readModel.type}Change`,
      fields: {
        position: {
          type: new GraphQLNonNull(PositionScalar),
          description: 'Everything up to here was delivered: name it as `afterPosition` to continue.',
        },
        change: { type: new GraphQLNonNull(ChangeKind) },
        id: { type: new GraphQLNonNull(GraphQLID) },
        node: {
          type: records(readModel),
          description: 'The whole row as this viewer sees it; null when it was removed.',
        },
      },
    });
    changes.set(readModel.type, type);
    return type;
  };
  return Object.fromEntries(
    subscriptions.map((def) => [
      def.name,
      {
        type: new GraphQLNonNull(changeOf(def)),
        description: readDescription(def),
        args: {
          ...(types.inputFields(def.args.shape, pascal(def.name)) as GraphQLFieldConfigArgumentMap),
          afterPosition: {
            type: PositionScalar,
            description: 'First send what changed since; else only what changes from now on.',
          },
        },
        // The hub executes the selection on each change; the change is the root.
        resolve: (change: LiveChange) => change,
      },
    ]),
  );
};
