import type { SubscriptionDef, Viewer } from '@cargoro/read-api';
import { type GraphQLError, type GraphQLSchema, getArgumentValues, getVariableValues, Kind } from 'graphql';
import { problem } from '../errors.ts';
import type { Operation } from '../http/documents.ts';
import { RequestErrors } from '../http/request-errors.ts';
import type { GatewayContext } from '../schema/context.ts';
import { mayAsk, parseArgs, positionOf } from '../schema/queries.ts';
import type { Hub } from './hub.ts';
import type { Sink } from './member.ts';
import type { Selections } from './selection.ts';

export type SubscribeDeps = {
  readonly schema: GraphQLSchema;
  readonly subscriptions: readonly SubscriptionDef[];
  readonly hub: Hub;
  readonly selections: Selections;
};

/** Joins a subscription operation to the hub and returns how to leave. Throws RequestErrors and coded errors. */
export const createSubscribe = ({ schema, subscriptions, hub, selections }: SubscribeDeps) => {
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
    const def = root?.kind === Kind.FIELD ? byName.get(root.name.value) : undefined;
    const field = def && fields[def.name];
    if (!def || !field || root?.kind !== Kind.FIELD)
      throw new RequestErrors([
        problem('BAD_USER_INPUT', 'Subscribe to one field', [{ path: 'query', reason: 'Select one field' }]),
      ]);
    const { coerced, errors } = getVariableValues(schema, operation.node.variableDefinitions ?? [], variables);
    if (errors) throw new RequestErrors(errors as readonly GraphQLError[]);
    const { afterPosition, ...given } = getArgumentValues(field, root, coerced);
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
