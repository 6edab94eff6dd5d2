import pg from 'pg';
import { Unavailable } from './ports.ts';

export type { Pool, PoolClient } from 'pg';

/**
 * Values as our pools return them:
 * - `timestamptz`: ISO string in UTC with milliseconds, `2025-06-30T03:04:05.678Z`; microseconds are cut off
 * - `date`: `2025-06-30`
 * - `int8` and `numeric`: decimal strings, as positions, revisions and sums of money may exceed 2^53; a column known to
 *   stay below says so where it is read (Drizzle's `mode: 'number'`, or `Number(…)`)
 * - `json`/`jsonb`: parsed
 */
const { types } = pg;
const oid = { date: 1082, timestamptz: 1184, dateArray: 1182, timestamptzArray: 1185 } as const;
const textArray = 1009 as Parameters<typeof types.getTypeParser>[0];
const parseArray = types.getTypeParser(textArray, 'text') as (value: string) => string[];

/** `2025-06-30 03:04:05.6789+00` → `2025-06-30T03:04:05.678Z`; sessions run in UTC, so this is a matter of letters. */
export const parseTimestamp = (value: string): string => {
  if (!value.endsWith('+00')) return Number.isNaN(Date.parse(value)) ? value : new Date(value).toISOString();
  const text = value.slice(0, -3);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, 23).padEnd(3, '0')}Z`;
};

const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  [oid.date]: (value) => value,
  [oid.dateArray]: parseArray,
  [oid.timestamptz]: parseTimestamp,
  [oid.timestamptzArray]: (value) => parseArray(value).map(parseTimestamp),
};
const getTypeParser: typeof types.getTypeParser = (id: number, format?: string) =>
  (format === 'binary' ? undefined : parsers[id]) ?? types.getTypeParser(id, format as 'text');

export type PostgresOptions = {
  readonly url: string;
  /** Reads that may be a little behind go here. */
  readonly replicaUrl?: string | undefined;
  readonly applicationName?: string;
  /** Connections of one pool. */
  readonly max?: number;
  readonly statementTimeoutMs?: number;
  /** Several statements of one connection travel together, without waiting for each other's answers. */
  readonly pipeline?: boolean;
  /** A connection that broke while nobody used it; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
};

export type Postgres = {
  readonly pool: pg.Pool;
  /** The replica's pool, or the primary's when there is none. */
  readonly reader: pg.Pool;
  /** Rows of one statement; throws Unavailable when the server does not answer. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Commits what `work` did, or rolls all of it back when it throws. */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

export const createPostgres = (options: PostgresOptions): Postgres => {
  const { url, replicaUrl, onIdleError = () => undefined } = options;
  const pool = createPool(url, options).on('error', onIdleError);
  const reader = replicaUrl ? createPool(replicaUrl, options).on('error', onIdleError) : pool;

  const transaction: Postgres['transaction'] = async (work) => {
    const client = await pool.connect().catch(raise);
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw toPostgresError(error);
    } finally {
      // A connection that could not roll back is in an unknown state: the pool throws it away.
      client.release(broken);
    }
  };

  return {
    pool,
    reader,
    query: async (text, values = []) => (await pool.query(text, [...values]).catch(raise)).rows,
    transaction,
    ping: async () => {
      await pool.query('select 1').catch(raise);
      if (reader !== pool) await reader.query('select 1').catch(raise);
    },
    close: async () => {
      await pool.end();
      if (reader !== pool) await reader.end();
    },
  };
};

const createPool = (
  url: string,
  { applicationName = 'cargoro', max = 10, statementTimeoutMs = 30_000, pipeline = false }: PostgresOptions,
): pg.Pool =>
  new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    statement_timeout: statementTimeoutMs,
    // The server's own timeout comes first; this one is for a server that stopped answering altogether.
    query_timeout: statementTimeoutMs + 5_000,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...(pipeline ? { pipeline } : {}),
    options: '-c timezone=UTC -c datestyle=ISO -c idle_in_transaction_session_timeout=60000',
    types: { getTypeParser },
    // The pool listens to a connection only while nobody uses it. One that breaks between two statements of its user, or
    // with the very packet that brings an answer, would end the process; its next statement fails, and the pool drops it.
  }).on('connect', (client) => void client.on('error', () => undefined));

/** SQLSTATE classes and socket errors that pass by themselves: connection lost, shutting down, starting up, too many connections. */
const passing = /^(08|57P0[1-3]|53300|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)/;
const passingMessage =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable/i;

export const toPostgresError = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  // Node reports a host with several addresses as one error holding one per address.
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  const code = first && 'code' in first ? String(first.code) : '';
  if (!passing.test(code) && !passingMessage.test(error.message)) return error;
  return new Unavailable('postgres', `Postgres does not answer: ${first?.message || code}`, { cause: error });
};
const raise = (error: unknown): never => {
  throw toPostgresError(error);
};
