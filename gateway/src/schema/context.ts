import type { Commands } from '@cargoro/commands';
import type { Actor, Locale } from '@cargoro/domain';
import type { AuditSamples, PositionAccessLog, Positions, ReadApi, Viewer } from '@cargoro/read-api';
import { problem } from '../errors.ts';
import type { ApiKeySecrets } from './api-key-secrets.ts';

/** What resolvers know of the request they serve; one per request, or per event of a subscription. */
export type GatewayContext = {
  readonly viewer: Viewer | null;
  readonly locale: Locale;
  readonly readApi: ReadApi;
  readonly commands: Commands;
  readonly positions?: Positions | undefined;
  readonly positionAccess?: PositionAccessLog | undefined;
  readonly auditSamples?: AuditSamples | undefined;
  readonly apiKeySecrets?: ApiKeySecrets | undefined;
  /** Header `cargoro-min-position`: for every query of the request that does not name one itself. */
  readonly minPosition?: string | undefined;
  /** Reads that several fields of a request share. */
  readonly reads: Map<string, Promise<unknown>>;
  /** Fields each list of the operation shows of its rows. */
  listed?: ReadonlyMap<string, readonly string[]>;
  /** Set when a query was answered before its read model had passed the asked position. */
  stale?: boolean;
};

export const signedIn = ({ viewer }: GatewayContext): Viewer => {
  if (viewer) return viewer;
  throw problem('UNAUTHENTICATED', 'Not signed in');
};

/** Who sends a command: never somebody who reads by emergency access. */
export const senderOf = (context: GatewayContext): Actor => {
  const { actor, breakGlass } = signedIn(context);
  if (breakGlass) throw problem('FORBIDDEN', 'Emergency access reads and does nothing else');
  return actor;
};

/** One read per request for fields that ask the same, however often the document repeats them. */
export const readOnce = <T>({ reads }: GatewayContext, key: readonly unknown[], read: () => Promise<T>): Promise<T> => {
  const name = JSON.stringify(key);
  const standing = reads.get(name) as Promise<T> | undefined;
  if (standing) return standing;
  const started = read();
  reads.set(name, started);
  return started;
};
