import type { Locale } from '@cargoro/domain';
import type { DeliveryPosition } from '@cargoro/read-api';
import { execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { formatError } from '../errors.ts';
import type { Operation } from '../http/documents.ts';
import type { GatewayContext } from '../schema/context.ts';
import type { LiveChange } from '../schema/subscriptions.ts';

/** What a live query tells: a change of a row, or where a car is. */
type Told = LiveChange | DeliveryPosition;

/** What subscriptions of the same text, variables and language select of a change: one object for all of them. */
export type CompiledSelection = {
  /** The execution result as JSON text. */
  readonly render: (change: Told, context: GatewayContext, report: (cause: unknown) => void) => Promise<string>;
};
type Run = (
  root: Told,
  context: GatewayContext,
  variables: Record<string, unknown>,
) => Promise<{ data?: unknown; errors?: unknown }>;

/** Compiles the selection of a subscription once per text; it then runs on each change instead of the database row by row. */
export const createSelections = (schema: GraphQLSchema) => {
  const compiled = new LRUCache<string, Run>({ max: 500 });
  const runOf = ({ document, source }: Operation): Run => {
    const standing = compiled.get(source);
    if (standing) return standing;
    const query = compileQuery(schema, document);
    const run: Run = isCompiledQuery(query)
      ? async (root, context, variables) => query.query(root, context, variables) as ReturnType<Run>
      : async (rootValue, contextValue, variableValues) =>
          execute({ schema, document, rootValue, contextValue, variableValues }) as ReturnType<Run>;
    compiled.set(source, run);
    return run;
  };
  const interned = new LRUCache<string, CompiledSelection>({ max: 5_000 });
  /** `shared`: the variables that matter for the answer, without the place a client resumes from. */
  return (
    operation: Operation,
    variables: Record<string, unknown>,
    shared: Record<string, unknown>,
    locale: Locale,
  ): CompiledSelection => {
    const key = JSON.stringify([operation.source, shared, locale]);
    const standing = interned.get(key);
    if (standing) return standing;
    const run = runOf(operation);
    const selection: CompiledSelection = {
      render: async (change, context, report) => {
        const { data, errors } = await run(change, context, variables);
        const formatted = (errors as GraphQLError[] | undefined)?.map((error) => formatError(error, locale, report));
        return JSON.stringify(formatted?.length ? { data: data ?? null, errors: formatted } : { data });
      },
    };
    interned.set(key, selection);
    return selection;
  };
};
export type Selections = ReturnType<typeof createSelections>;
