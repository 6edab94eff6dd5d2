import { refusalText } from '@cargoro/commands';
import type { AnyAggregate, CommandDef } from '@cargoro/domain';
import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql';
import { type GatewayContext, senderOf } from './context.ts';
import { commandDescription } from './descriptions.ts';
import { withoutNulls } from './nulls.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import type { ZodTypes } from './zod-types.ts';

const required = { id: new GraphQLNonNull(GraphQLID), text: new GraphQLNonNull(GraphQLString) };

const Accepted = new GraphQLObjectType({
  name: 'Accepted',
  description: 'The command holds. Ask a query with `minPosition: position` to read your own write.',
  fields: {
    streamId: { type: required.id },
    revision: { type: required.text },
    position: { type: new GraphQLNonNull(PositionScalar) },
    events: {
      type: new GraphQLNonNull(new GraphQLList(required.text)),
      description: 'Events appended; none when what was asked held already.',
    },
    secret: {
      type: GraphQLString,
      description: 'The secret of an API key this command made. It is shown here and kept nowhere.',
    },
  },
});
const Rejected = new GraphQLObjectType({
  name: 'Rejected',
  description: 'The business refuses; nothing was written.',
  fields: {
    code: { type: required.text, description: 'Stable, such as `TOTAL_MISMATCH`.' },
    message: { type: required.text, description: 'In the language of the caller.' },
  },
});
const CommandResult = new GraphQLUnionType({
  name: 'CommandResult',
  types: [Accepted, Rejected],
  resolveType: (value: { kind: 'accepted' | 'rejected' }) => (value.kind === 'accepted' ? 'Accepted' : 'Rejected'),
});
const CommandOrigin = new GraphQLInputObjectType({
  name: 'CommandOrigin',
  description: 'Where and why a command arose, for the record: sent by apps that work offline, and for corrections.',
  fields: {
    occurredAt: { type: DateTimeScalar, description: 'When it happened on the device; now when absent.' },
    deviceId: { type: GraphQLString },
    clientSeq: { type: GraphQLInt },
    reasonCode: { type: GraphQLString },
    reasonText: { type: GraphQLString },
  },
});

type Arguments = {
  readonly commandId: string;
  readonly expectedRevision?: string | null;
  readonly origin?: Readonly<Record<string, unknown>> | null;
  readonly input: Readonly<Record<string, unknown>>;
};
type TextOf = ReturnType<typeof refusalText>;

/** The only mutation resolver there is. */
const send =
  (type: string, def: CommandDef, textOf: TextOf) =>
  async (_root: unknown, { commandId, expectedRevision, origin, input }: Arguments, context: GatewayContext) => {
    const actor = senderOf(context);
    const given = withoutNulls(def.input, input) as Record<string, unknown>;
    const made = context.apiKeySecrets?.(def, commandId, given);
    const outcome = await context.commands.dispatch({
      type,
      commandId,
      actor,
      input: made?.input ?? given,
      expectedRevision: expectedRevision ?? undefined,
      ...Object.fromEntries(Object.entries(origin ?? {}).filter(([, value]) => value !== null)),
    });
    if (outcome.kind === 'accepted') return { ...outcome, secret: made?.secret ?? null };
    return { ...outcome, message: textOf(type, outcome.code)[context.locale] };
  };

export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** One mutation per public command; commands of our own processes stay out. */
export const mutationFields = (
  aggregates: readonly AnyAggregate[],
  types: ZodTypes,
): GraphQLFieldConfigMap<unknown, GatewayContext> => {
  const textOf = refusalText(aggregates);
  const fieldOf = (
    aggregate: AnyAggregate,
    type: string,
    def: CommandDef,
  ): GraphQLFieldConfig<unknown, GatewayContext> => ({
    type: new GraphQLNonNull(CommandResult),
    description: commandDescription(aggregate, def),
    args: {
      commandId: {
        type: required.id,
        description: 'Made by the client, once per intent: the same id again gives the first result.',
      },
      expectedRevision: {
        type: GraphQLString,
        description: 'Refuse with CONFLICT when the record has moved on since.',
      },
      origin: { type: CommandOrigin },
      input: { type: new GraphQLNonNull(types.input(def.input, type)) },
    },
    resolve: send(type, def, textOf) as GraphQLFieldConfig<unknown, GatewayContext>['resolve'] & object,
  });
  const commands = aggregates.flatMap((aggregate) =>
    Object.entries(aggregate.commands).flatMap(([type, def]) => (def.internal ? [] : [{ aggregate, type, def }])),
  );
  return Object.fromEntries(
    commands.map(({ aggregate, type, def }) => [lowerFirst(type), fieldOf(aggregate, type, def)]),
  );
};
