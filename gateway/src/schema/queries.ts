import type { Page, QueryDef } from '@cargoro/read-api';
import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import { badInput, problem } from '../errors.ts';
import { type GatewayContext, readOnce, signedIn } from './context.ts';
import { both } from './descriptions.ts';
import { withoutNulls } from './nulls.ts';
import { pageInfoType, pagingArgs, pagingOf } from './paging.ts';
import type { RecordTypes } from './records.ts';
import { PositionScalar } from './scalars.ts';
import type { ZodTypes } from './zod-types.ts';

type Given = Readonly<Record<string, unknown>>;
type Definition = Pick<QueryDef, 'args' | 'roles'>;

/** How long a query waits for its read model to pass the asked position, in milliseconds. */
const longestWaitMs = 2_000;

/** Arguments as the definition wants them; throws BAD_USER_INPUT naming each. */
export const parseArgs = ({ args }: Definition, given: Given): Record<string, unknown> => {
  const known = Object.fromEntries(Object.keys(args.shape).flatMap((key) => (key in given ? [[key, given[key]]] : [])));
  const parsed = args.safeParse(withoutNulls(args, known));
  if (parsed.success) return parsed.data;
  throw badInput(
    ...parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'arguments', reason: message })),
  );
};

export const mayAsk = ({ roles }: Definition, context: GatewayContext): void => {
  const { role } = signedIn(context).actor;
  if (roles && !(role && roles.includes(role))) throw problem('FORBIDDEN', `${role ?? 'Nobody'} may not ask this`);
};

export const positionOf = (text: string, path: string): bigint => {
  if (!/^\d{1,19}$/.test(text)) throw badInput({ path, reason: 'Use the decimal digits of a position' });
  return BigInt(text);
};

/** Read your own write: waits for the position, or marks the answer stale. */
export const awaitPosition = async (
  { readModel }: Pick<QueryDef, 'readModel'>,
  given: Given,
  context: GatewayContext,
): Promise<void> => {
  const asked = given.minPosition ?? context.minPosition;
  if (asked === undefined || asked === null) return;
  const position = positionOf(String(asked), 'minPosition');
  const wait = () => context.readApi.waitFor(readModel, position, longestWaitMs);
  if (!(await readOnce(context, ['waitFor', readModel.name, asked], wait))) context.stale = true;
};

/** What a connection resolves to; the count is asked for only where it is selected. */
type Connection = ReturnType<typeof pageOf>;
const pageOf = (def: QueryDef, { rows, hasNextPage, endCursor }: Page, count: () => Promise<number>) => ({
  edges: rows.map((node) => ({ node, def })),
  pageInfo: { hasNextPage, endCursor },
  count,
});

const resolver =
  (def: QueryDef) =>
  async (_root: unknown, given: Given, context: GatewayContext): Promise<unknown> => {
    const viewer = signedIn(context);
    mayAsk(def, context);
    const args = parseArgs(def, given);
    await awaitPosition(def, given, context);
    if (def.shape === 'one') return readOnce(context, [def.name, args], () => context.readApi.one(def, args, viewer));
    const paging = { ...pagingOf(given), fields: context.listed?.get(def.name) };
    return pageOf(
      def,
      await readOnce(context, [def.name, args, paging], () => context.readApi.page(def, args, paging, viewer)),
      () => readOnce(context, [def.name, args, 'count'], () => context.readApi.count(def, args, viewer)),
    );
  };

const rolesText = ({ roles }: Definition): string => `Roles: ${roles?.join(', ') ?? 'everybody signed in'}.`;
export const readDescription = (def: Definition & Pick<QueryDef, 'doc'>): string =>
  `${both(def.doc)}\n${rolesText(def)}`;

export const queryFields = (
  queries: readonly QueryDef[],
  records: RecordTypes,
  types: ZodTypes,
): GraphQLFieldConfigMap<unknown, GatewayContext> => {
  const connections = new Map<string, GraphQLObjectType>();
  const connectionOf = ({ readModel }: QueryDef): GraphQLObjectType => {
    const standing = connections.get(readModel.type);
    if (standing) return standing;
    const edge = new GraphQLObjectType<{ node: never; def: QueryDef }, GatewayContext>({
      name: `${readModel.type}Edge`,
      fields: {
        node: { type: new GraphQLNonNull(records(readModel)) },
        cursor: {
          type: new GraphQLNonNull(GraphQLString),
          resolve: ({ node, def }, _args, { readApi }) => readApi.cursorOf(def, node),
        },
      },
    });
    const type = new GraphQLObjectType<Connection, GatewayContext>({
      name: `${readModel.type}Connection`,
      fields: {
        edges: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edge))) },
        pageInfo: { type: pageInfoType },
        totalCount: {
          type: new GraphQLNonNull(GraphQLInt),
          description: 'How many all pages have together, counted when it is asked for.',
          // A compiled query does not call a function in place of a value.
          resolve: ({ count }) => count(),
        },
      },
    });
    connections.set(readModel.type, type);
    return type;
  };
  const fieldOf = (def: QueryDef): GraphQLFieldConfig<unknown, GatewayContext> => ({
    type: def.shape === 'one' ? records(def.readModel) : new GraphQLNonNull(connectionOf(def)),
    description: readDescription(def),
    args: {
      ...(types.inputFields(def.args.shape, pascal(def.name)) as GraphQLFieldConfigArgumentMap),
      ...(def.shape === 'connection' && pagingArgs),
      minPosition: {
        type: PositionScalar,
        description: 'Wait up to 2 s until this position is read; else the answer is stale.',
      },
    },
    resolve: resolver(def),
  });
  return Object.fromEntries(queries.map((def) => [def.name, fieldOf(def)]));
};

export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
