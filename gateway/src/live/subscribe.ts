import type { SubscriptionDef, Viewer } from '@cargoro/read-api';
import { type GraphQLError, type GraphQLSchema, getArgumentValues, getVariableValues, Kind } from 'graphql';
import type { z } from 'zod';
import { problem } from '../errors.ts';
import type { Operation } from '../http/documents.ts';
import { RequestErrors } from '../http/request-errors.ts';
import type { GatewayContext } from '../schema/context.ts';
import { positionArgs, positionMoved } from '../schema/positions.ts';
import { mayAsk, parseArgs, positionOf } from '../schema/queries.ts';
import type { Hub } from './hub.ts';
import type { Sink } from './member.ts';
import type { PositionFeed } from './position-feed.ts';
import type { Selections } from './selection.ts';

export type SubscribeDeps = {
  readonly schema: GraphQLSchema;
  readonly subscriptions: readonly SubscriptionDef[];
  readonly hub: Hub;
  readonly selections: Selections;
  /** Serves the one live query that follows no read model. */
  readonly positionFeed?: PositionFeed | undefined;
};

/** Joins a subscription operation to the hub and returns how to leave. Throws RequestErrors and coded errors. */
export const createSubscribe = ({ schema, subscriptions, hub, selections, positionFeed }: SubscribeDeps) => {
  const byName = new Map(subscriptions.map((def) => [def.name, def]));
  const fields = schema.getSubscriptionType()?.getFields() ?? {};

  return async (
    operation: Operation,
    variables: Record<string, unknown>,
    viewer: Viewer,
    context: GatewayContext,
    sink: Sink,
  ): Promise<() => void> => {
    const [root] = operation.node.selectionSet.selections;
    const name = root?.kind === Kind.FIELD ? root.name.value : '';
    const def = byName.get(name);
    const feed = name === positionMoved ? positionFeed : undefined;
    const field = fields[name];
    if ((!def && !feed) || !field || root?.kind !== Kind.FIELD)
      throw new RequestErrors([
        problem('BAD_USER_INPUT', 'Subscribe to one field', [{ path: 'query', reason: 'Select one field' }]),
      ]);
    const { coerced, errors } = getVariableValues(schema, operation.node.variableDefinitions ?? [], variables);
    if (errors) throw new RequestErrors(errors as readonly GraphQLError[]);
    const { afterPosition, ...given } = getArgumentValues(field, root, coerced);
    if (feed) {
      const { id } = parseArgs({ args: positionArgs }, given) as z.infer<typeof positionArgs>;
      const selection = selections(operation, variables, coerced, viewer.locale);
      return feed.join(id, { viewer, sink, selection, context });
    }
    if (!def) throw new Error(`${name} is served by nobody`);
    mayAsk(def, context);
    const args = parseArgs(def, given);
    const resume = root.arguments?.find(({ name }) => name.value === 'afterPosition')?.value;
    const shared = resume?.kind === Kind.VARIABLE ? { ...coerced, [resume.name.value]: null } : coerced;
    return hub.join({
      def,
      args,
      viewer,
      sink,
      selection: selections(operation, variables, shared, viewer.locale),
      afterPosition: afterPosition == null ? undefined : positionOf(String(afterPosition), 'afterPosition'),
    });
  };
};
export type Subscribe = ReturnType<typeof createSubscribe>;
