import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { RawNode } from './raw.ts';

/** What a case gets: a connection to some server, and names nobody else uses. It never learns which server it is. */
export interface Conformance {
  readonly url: string;
  /** Shared by all cases; has administrator's rights if the server knows users. */
  readonly client: EventStoreDBClient;
  readonly raw: RawNode;
  /** A stream name that was never used. */
  stream(prefix?: string): string;
  /** A client of the case's own, for cases that break their connection or call as somebody else. */
  connect(url?: string): EventStoreDBClient;
}

export interface ConformanceCase {
  readonly group: string;
  readonly name: string;
  /** Only for servers with TLS and users. */
  readonly secured?: boolean;
  readonly run: (server: Conformance) => Promise<void>;
}

type Define = (name: string, run: ConformanceCase['run']) => void;

/** Collects the cases of one group. */
export const group = (
  title: string,
  define: (it: Define) => void,
  options: { secured?: boolean } = {},
): ConformanceCase[] => {
  const cases: ConformanceCase[] = [];
  define((name, run) => cases.push({ group: title, name, run, ...(options.secured && { secured: true }) }));
  return cases;
};

export const openConformance = (url: string): Conformance & { close(): Promise<void> } => {
  const clients: EventStoreDBClient[] = [];
  const connect = (to = url): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(to);
    clients.push(client);
    return client;
  };
  const raw = new RawNode(url);
  return {
    url,
    client: connect(),
    raw,
    connect,
    stream: (prefix = 'conformance') => `${prefix}-${randomUUID().replaceAll('-', '')}`,
    close: async () => {
      raw.close();
      await Promise.all(clients.map((client) => client.dispose()));
    },
  };
};
