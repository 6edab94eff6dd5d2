import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createBackoff } from './backoff.ts';
import type { Notice } from './ports.ts';
import type { Postgres } from './postgres.ts';

/** Postgres allows 8,000 bytes less one; the rest is room for the envelope. */
const payloadBytes = 7_500;

type Envelope = { readonly from: string; readonly notices?: readonly Notice[]; readonly gap?: true };

export type NotifyLink = {
  /** Reaches every other process that listens; throws Unavailable when Postgres is away. */
  publish(notices: readonly Notice[]): Promise<void>;
  /** Resolves once the first connection listens; it is made again whenever it is lost. */
  listen(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly postgres: Postgres;
  readonly url: string;
  readonly channel: string;
  readonly onNotice: (notice: Notice) => void;
  /** Notices may have been missed. */
  readonly onGap: () => void;
};

/** Notices over Postgres LISTEN/NOTIFY: what bridges our processes while RabbitMQ is away. */
export const createNotifyLink = ({ postgres, url, channel, onNotice, onGap }: Options): NotifyLink => {
  const self = randomUUID();
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  const receive = (payload: string | undefined): void => {
    const envelope = JSON.parse(payload ?? '{}') as Envelope;
    // The publisher has told its own subscribers already.
    if (envelope.from === self) return;
    if (envelope.gap) onGap();
    for (const notice of envelope.notices ?? []) onNotice(notice);
  };

  /** Listens until the connection is lost. */
  const serve = async (listening: () => void): Promise<void> => {
    const client = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      application_name: 'cargoro-bus',
    });
    let heartbeat: NodeJS.Timeout | undefined;
    try {
      const lost = new Promise<void>((resolve) => {
        client.on('error', () => resolve());
        client.on('end', () => resolve());
        closing.signal.addEventListener('abort', () => resolve(), { once: true });
        heartbeat = setInterval(() => client.query('select 1').catch(() => resolve()), 15_000).unref();
      });
      client.on('notification', ({ payload }) => receive(payload));
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      listening();
      await lost;
    } finally {
      clearInterval(heartbeat);
      await client.end().catch(() => undefined);
    }
  };

  const run = async (firstListening: () => void): Promise<void> => {
    const backoff = createBackoff();
    let before = false;
    while (!closing.signal.aborted) {
      await serve(() => {
        backoff.reset();
        if (before) onGap();
        before = true;
        firstListening();
      }).catch(() => undefined);
      await backoff.wait(closing.signal);
    }
    firstListening();
  };

  return {
    publish: async (notices) => {
      await postgres.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [
        channel,
        payloads(self, notices),
      ]);
    },
    listen: () =>
      new Promise((resolve) => {
        running = run(resolve);
      }),
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

/** As many notices to a payload as fit; one too large for any tells its readers to look for themselves. */
export const payloads = (from: string, notices: readonly Notice[]): string[] => {
  const packed: string[] = [];
  let batch: Notice[] = [];
  let bytes = 0;
  const flush = () => {
    if (batch.length > 0) packed.push(JSON.stringify({ from, notices: batch } satisfies Envelope));
    batch = [];
    bytes = 0;
  };
  for (const notice of notices) {
    const size = Buffer.byteLength(JSON.stringify(notice)) + 1;
    if (size > payloadBytes) {
      packed.push(JSON.stringify({ from, gap: true } satisfies Envelope));
      continue;
    }
    if (bytes + size > payloadBytes) flush();
    batch.push(notice);
    bytes += size;
  }
  flush();
  return packed;
};
