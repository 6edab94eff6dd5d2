import { once } from 'node:events';
import { createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createEventLog } from './event-log.ts';
import { readAheadBytes } from './log-calls.ts';

it('lets the server send far ahead of the reader', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const log = createEventLog({ url: `esdb://127.0.0.1:${(server.address() as AddressInfo).port}?tls=false` });
  const reading = log.read('order-1').catch(() => undefined);
  const [session] = (await once(server, 'session')) as [ServerHttp2Session];
  const [settings] = await once(session, 'remoteSettings');
  expect(settings.initialWindowSize).toBe(readAheadBytes);
  session.destroy();
  server.close();
  await reading;
  await log.close();
});
