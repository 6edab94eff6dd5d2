import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventStoreNode, startEventStore } from '../src/index.ts';

/** The client's documented samples by topic, each run as a program of its own that knows nothing but EVENTSTORE_URL. */
const samples = {
  'get started': {
    file: new URL('../samples/get-started.ts', import.meta.url),
    says: ['written at revision 0', 'read LampLit: desk, 7 W'],
  },
  append: {
    file: new URL('../samples/append.ts', import.meta.url),
    says: [
      'a second first event: expected no_stream, actual 0',
      'repeated: still at 0',
      'the slower writer: expected 0, actual 1',
      'two at once: at 3, position known: true',
      'binary: 00ff80',
    ],
  },
  read: {
    file: new URL('../samples/read.ts', import.meta.url),
    says: [
      'the first three: 0 1 2',
      'from revision 5: 5 6 7',
      'backwards from the end: 7 6 5',
      'not there: stream not found',
      'system events in $all: some',
      'newest in $all: PageTurned 7',
      'through a link: page 4, link number 0',
    ],
  },
  filter: {
    file: new URL('../samples/filter.ts', import.meta.url),
    says: [
      'no system events: rain@garden sun@garden rain@kitchen steam@kitchen',
      'type by prefix: sun@garden steam@kitchen',
      'type by expression: rain@garden rain@kitchen steam@kitchen',
      'stream by prefix: rain@kitchen steam@kitchen',
      'stream by expression: rain@garden sun@garden',
      'checkpoint: taken',
      'live: garden',
    ],
  },
  subscribe: {
    file: new URL('../samples/subscribe.ts', import.meta.url),
    says: [
      'from the start: 0 1 2 3 4',
      'after revision 2: 3',
      'live: 5',
      'before the break: 0 1, after it: 2 3 4 5',
      'in $all, after walk 0: 1',
    ],
  },
  'persistent subscriptions': {
    file: new URL('../samples/persistent.ts', import.meta.url),
    says: [
      'parcel 0, retry 0',
      'parcel 1, retry 0',
      'parcel 1, retry 1',
      'parcel 2, retry 0',
      'carriers: 1 parked, start',
      'replayed: parcel 1',
      'updated: links true, lower bound 20',
      'listed: 1, and among all: true',
      'deleted: does not exist',
      'through $all: 0@parcels',
      'of $all: true',
      'after a restart of the subsystem: still on $all',
    ],
  },
  authentication: {
    file: new URL('../samples/authenticate.ts', import.meta.url),
    secured: true,
    says: [
      'as the connection string says: allowed',
      'as admin, for this call: allowed',
      'with a wrong password: access denied',
      'read by ops: 2',
      'read by ops, now private: access denied',
      'written by ops, now private: access denied',
      'subscribed as admin: revision 0',
      'may read: $admins',
    ],
  },
  'system projections': {
    file: new URL('../samples/projections.ts', import.meta.url),
    says: [
      'enabled: Running',
      'listed: true',
      'by category: oak elm',
      'disabled: Stopped',
      'unknown: not found',
      'subsystem restarted',
    ],
  },
};

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const run = promisify(execFile);

describe('the samples of the client', () => {
  let node: EventStoreNode;
  let secured: EventStoreNode;
  beforeAll(async () => {
    node = await startEventStore({ memory: true });
    const cert = readFileSync(fixture('localhost.cert.pem'), 'utf8');
    secured = await startEventStore({
      memory: true,
      tls: { cert, key: readFileSync(fixture('localhost.key.pem'), 'utf8') },
    });
  });
  afterAll(() => Promise.all([node.stop(), secured.stop()]));

  for (const [topic, sample] of Object.entries(samples)) {
    it(topic, async () => {
      const url =
        'secured' in sample
          ? `esdb://admin:changeit@127.0.0.1:${secured.port}?tls=true&tlsCAFile=${fixture('localhost.cert.pem')}`
          : node.url;
      const { stdout } = await run(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), fileURLToPath(sample.file)],
        {
          env: { ...process.env, EVENTSTORE_URL: url },
          timeout: 25_000,
        },
      );
      const said = stdout.trim().split('\n');
      // What is retried may come before or after what was next in line.
      expect(topic === 'persistent subscriptions' ? [...said].sort() : said).toEqual(
        topic === 'persistent subscriptions' ? [...sample.says].sort() : sample.says,
      );
    });
  }
});
