import { createDecipheriv, createECDH, createHmac, type ECDH } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { PushDevice } from '../src/notifications/devices.ts';
import type { TimerClock } from '../src/processes/clock.ts';
import type { TestWorld } from './world.ts';

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

export type Mail = { readonly to: readonly string[]; readonly content: string };
/** A mail server on a port of its own; `answer` may refuse an address with a code. */
export const startMailServer = async () => {
  const mails: Mail[] = [];
  let answer: (to: string) => number | undefined = () => undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const code = answer(address);
      done(code === undefined ? null : Object.assign(new Error(`<${address}> is not here`), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      let content = '';
      stream.on('data', (chunk: Buffer) => {
        content += chunk.toString('utf8');
      });
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), content });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${portOf(server.server)}`,
    mails,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

export type Posted = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer };
/** An HTTP end point that keeps what it is sent and answers with a status. */
export const startEndPoint = async () => {
  const received: Posted[] = [];
  let status: (path: string) => number = () => 201;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(status(path)).end('+821000001234 is unknown here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received,
    answerWith: (next: typeof status) => {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};

/** A browser that subscribed to push messages and can read those meant for it. */
export const browser = (endpoint: string) => {
  const keys: ECDH = createECDH('prime256v1');
  const publicKey = keys.generateKeys();
  const auth = Buffer.alloc(16, 7);
  const device: PushDevice = {
    endpoint,
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
  };
  return { device, read: (body: Buffer): unknown => JSON.parse(decrypted(body, keys, auth)) };
};

const hmac = (key: Buffer, ...parts: readonly (Buffer | string)[]): Buffer =>
  parts.reduce<ReturnType<typeof createHmac>>((mac, part) => mac.update(part), createHmac('sha256', key)).digest();

/** RFC 8291 over RFC 8188: salt 16, record size 4, key length 1, the sender's key, and one record. */
const decrypted = (body: Buffer, keys: ECDH, auth: Buffer): string => {
  const salt = body.subarray(0, 16);
  const length = body.readUInt8(20);
  const sender = body.subarray(21, 21 + length);
  const secret = hmac(hmac(auth, keys.computeSecret(sender)), 'WebPush: info\0', keys.getPublicKey(), sender, '\x01');
  const pseudo = hmac(salt, secret);
  const key = hmac(pseudo, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16);
  const nonce = hmac(pseudo, 'Content-Encoding: nonce\0\x01').subarray(0, 12);
  const record = body.subarray(21 + length);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
};

/** The world's clock, which wakes those whose time has come when a test lets minutes pass. */
export const handClock = (world: TestWorld) => {
  const waiting: { readonly at: string | undefined; readonly wake: () => void }[] = [];
  const clock: TimerClock = {
    now: () => world.clock(),
    until: (at, signal) =>
      new Promise((resolve) => {
        const wake = () => resolve();
        waiting.push({ at, wake });
        signal.addEventListener('abort', wake, { once: true });
        if (signal.aborted || (at !== undefined && at <= world.clock())) wake();
      }),
  };
  const pass = (minutes: number) => {
    world.pass(minutes);
    for (const { at, wake } of waiting) if (at !== undefined && at <= world.clock()) wake();
  };
  return { clock, pass };
};
