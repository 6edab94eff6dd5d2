import type { Locale } from '@cargoro/domain';
import { breakGlassHeader } from '@cargoro/read-api';
import type { WebsocketHandler } from '@fastify/websocket';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Extra, makeHandler } from 'graphql-ws/use/@fastify/websocket';
import type { Authenticate, Caller } from '../auth/authenticate.ts';
import { badInput, problem } from '../errors.ts';
import type { Documents, Operation } from '../http/documents.ts';
import { type Engine, refusal } from '../http/engine.ts';
import { readRequest } from '../http/graphql-request.ts';
import type { Limits } from '../http/limits.ts';
import { localeOf } from '../http/locale.ts';
import { RequestErrors } from '../http/request-errors.ts';
import type { Viewer } from '../read-types.ts';
import type { GatewayContext } from '../schema/context.ts';
import { closeCodes } from './close-codes.ts';
import { idle } from './idle.ts';
import type { Sockets } from './sockets.ts';
import type { Subscribe } from './subscribe.ts';

export type SocketServerDeps = {
  readonly authenticate: Authenticate;
  /** Does the emergency access a viewer reads by still hold? */
  readonly holds: (viewer: Viewer) => Promise<boolean>;
  /** Told of every live query that begins. */
  readonly onRead: (viewer: Viewer, operation: Operation) => void;
  readonly documents: Documents;
  readonly engine: Engine;
  readonly subscribe: Subscribe;
  readonly sockets: Sockets;
  readonly limits: Limits;
  readonly contextOf: (viewer: Caller['viewer'], locale: Locale) => GatewayContext;
  readonly report: (cause: unknown) => void;
};
type Session = { readonly caller: Caller; readonly locale: Locale };
type Asked = { readonly id: string; readonly operation: Operation; readonly variables: Record<string, unknown> };

const asErrors = (errors: readonly GraphQLFormattedError[]): GraphQLError[] =>
  errors.map(({ message, extensions }) => new GraphQLError(message, extensions ? { extensions } : {}));

/** Credentials of `connection_init`: `{ token }`, `{ apiKey }` or a whole `{ authorization }`; else the upgrade's header. */
const credentialsOf = (
  params: Readonly<Record<string, unknown>> = {},
  header: string | undefined,
): string | undefined => {
  if (typeof params.token === 'string') return `Bearer ${params.token}`;
  if (typeof params.apiKey === 'string') return `ApiKey ${params.apiKey}`;
  return typeof params.authorization === 'string' ? params.authorization : header;
};

/** The case of an emergency access: `{ breakGlass }` of `connection_init`, else the upgrade's header. */
const breakGlassOf = (params: Readonly<Record<string, unknown>> = {}, header: string | string[] | undefined) => {
  const named = params.breakGlass ?? header;
  return named === undefined || named === null ? undefined : String(named);
};

/** graphql-transport-ws on the official server; what a subscription sends, the hub writes to the socket itself. */
export const createSocketHandler = (deps: SocketServerDeps): WebsocketHandler => {
  const { authenticate, holds, onRead, documents, engine, subscribe, sockets, limits, contextOf, report } = deps;
  const sessions = new WeakMap<Extra['socket'], Session>();
  const sessionOf = ({ socket }: Extra): Session =>
    sessions.get(socket) ?? { caller: { viewer: null, expiresAt: undefined }, locale: 'ko' };

  return makeHandler<Record<string, unknown>>(
    {
      connectionInitWaitTimeout: 3_000,
      onConnect: async ({ connectionParams, extra: { socket, request } }) => {
        const locale = localeOf(connectionParams?.locale ?? request.headers['accept-language']);
        const header = request.headers.authorization;
        const caseId = breakGlassOf(connectionParams, request.headers[breakGlassHeader]);
        const caller = await authenticate(credentialsOf(connectionParams, header), locale, request.ip, caseId).catch(
          (error: unknown) => {
            if (!(error instanceof GraphQLError)) report(error);
            return undefined;
          },
        );
        if (!caller?.viewer) return false;
        sessions.set(socket, { caller, locale });
        sockets.admit(socket, caller);
        // Emergency access may have ended between being asked for and this socket being known to who closes it.
        return caller.viewer.breakGlass ? holds(caller.viewer) : true;
      },
      onSubscribe: ({ extra, subscriptions }, id, payload) => {
        const { locale, caller } = sessionOf(extra);
        try {
          const { query, operationName, variables } = readRequest(payload);
          const operation = documents(query, operationName, variables);
          if (Object.keys(subscriptions).length > limits.subscriptionsPerSocket)
            throw new RequestErrors([
              badInput({ path: 'id', reason: `A socket holds at most ${limits.subscriptionsPerSocket} subscriptions` }),
            ]);
          const asked: Asked = { id, operation, variables };
          return {
            schema: undefined as never,
            document: operation.document,
            variableValues: variables,
            contextValue: contextOf(caller.viewer, locale),
            rootValue: { asked, extra },
          };
        } catch (error) {
          return asErrors(refusal(error, locale, report).errors ?? []);
        }
      },
      execute: (args) => {
        const { asked } = args.rootValue as { asked: Asked };
        return engine(asked.operation, asked.variables, args.contextValue as GatewayContext, report) as never;
      },
      // The engine has formatted it already.
      onNext: (_ctx, _id, _payload, _args, result) => result as never,
      subscribe: (args) => {
        const { asked, extra } = args.rootValue as { asked: Asked; extra: Extra };
        const context = args.contextValue as GatewayContext;
        let leave: (() => void) | undefined;
        let left = false;
        const life = idle(() => {
          left = true;
          leave?.();
        });
        const failed = (error: unknown) => {
          const errors = refusal(error, context.locale, report).errors ?? [];
          if (errors.some(({ extensions }) => extensions?.code === 'UNAVAILABLE'))
            sockets.close(extra.socket, closeCodes.tryAgainLater, 'Try again later');
          life.fail(new SubscriptionRefused(errors));
        };
        if (!context.viewer) failed(problem('UNAUTHENTICATED', 'Not signed in'));
        else {
          onRead(context.viewer, asked.operation);
          subscribe(
            asked.operation,
            asked.variables,
            context.viewer,
            context,
            sockets.sinkOf(extra.socket, asked.id),
          ).then((off) => {
            leave = off;
            if (left) off();
          }, failed);
        }
        return life as never;
      },
      onError: (_ctx, _id, _payload, errors) =>
        errors.flatMap((error) =>
          error.originalError instanceof SubscriptionRefused ? error.originalError.errors : [error.toJSON()],
        ),
    },
    10_000,
  );
};

class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super('The subscription is refused');
  }
}
