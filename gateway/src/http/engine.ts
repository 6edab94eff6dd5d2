import type { Locale } from '@cargoro/domain';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type {} from 'mercurius';
import { formatError } from '../errors.ts';
import type { Viewer } from '../read-types.ts';
import type { GatewayContext } from '../schema/context.ts';
import type { Operation } from './documents.ts';
import { RequestErrors } from './request-errors.ts';

export type Answer = {
  /** Absent when the request was refused before anything ran. */
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};
type Report = (cause: unknown) => void;

const graphqlErrorsOf = (error: unknown): readonly GraphQLError[] => {
  if (error instanceof RequestErrors) return error.errors;
  // Mercurius throws what it finds wrong with variables as one error that carries them all.
  const { errors } = error as { errors?: readonly GraphQLError[] };
  if (Array.isArray(errors) && errors.length > 0) return errors;
  return [error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error })];
};

/** The answer to a request that did not run. */
export const refusal = (error: unknown, locale: Locale, report: Report): Answer => ({
  errors: graphqlErrorsOf(error).map((one) => formatError(one, locale, report)),
});

/** Runs queries and mutations of both transports on Mercurius; never throws. `onRead` is told of each that runs. */
export const createEngine =
  (app: FastifyInstance, onRead: (viewer: Viewer, operation: Operation) => void) =>
  async (
    operation: Operation,
    variables: Record<string, unknown>,
    context: GatewayContext,
    report: Report,
  ): Promise<Answer> => {
    if (context.viewer) onRead(context.viewer, operation);
    try {
      context.listed = operation.listed;
      const { data, errors } = await app.graphql(operation.source, context as never, variables);
      return {
        ...(errors && { errors: errors.map((error) => formatError(error as GraphQLError, context.locale, report)) }),
        data: data as Record<string, unknown> | null,
        ...(context.stale && { extensions: { stale: true } }),
      };
    } catch (error) {
      return refusal(error, context.locale, report);
    }
  };
export type Engine = ReturnType<typeof createEngine>;
