import { once } from 'node:events';
import { org } from '@cargoro/domain';
import { queries } from '@cargoro/read-api';
import { createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { memoryGateway, orgA, people } from '../testing/world.ts';

type World = Awaited<ReturnType<typeof memoryGateway>>;
let world: World;
let gateway: Awaited<ReturnType<World['listen']>>;
const invoices = queries.find(({ name }) => name === 'invoices')?.readModel;
if (!invoices) throw new Error('There is no query invoices');

beforeAll(async () => {
  world = await memoryGateway({ limits: { requestsPerMinute: undefined, subscriptionsPerSocket: 3 } });
  gateway = await world.listen();
});
afterAll(() => gateway.stop());

const address = () => `${gateway.url.replace('http', 'ws')}/graphql`;
const opened: WebSocket[] = [];
afterEach(() => {
  for (const socket of opened.splice(0)) socket.terminate();
});

/** A client made of raw frames. */
const raw = async (protocols = ['graphql-transport-ws']) => {
  const socket = new WebSocket(address(), protocols);
  opened.push(socket);
  const frames: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as Record<string, unknown>);
    for (const resolve of waiting.splice(0)) resolve();
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  const send = (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  const frame = async (type: string, id?: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const index = frames.findIndex((one) => one.type === type && (id === undefined || one.id === id));
      if (index >= 0) return frames.splice(index, 1)[0] as Record<string, unknown>;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const init = async (token = world.tokenOf(people.advisorA), more: object = {}) => {
    send({ type: 'connection_init', payload: { token, locale: 'en', ...more } });
    return frame('connection_ack');
  };
  const subscribe = (id: string, query: string, variables?: object) =>
    send({ id, type: 'subscribe', payload: { query, variables } });
  return { socket, send, frame, init, subscribe, closed };
};
const live = `subscription { invoiceChanged(orgId: "${orgA}") { position } }`;

describe('the socket protocol', () => {
  it('waits three seconds for connection_init, then closes with 4408', async () => {
    expect(await (await raw()).closed).toBe(4408);
  });
  it.each<[string, number, (client: Awaited<ReturnType<typeof raw>>) => Promise<void>]>([
    ['subscribe before connection_init', 4401, async ({ subscribe }) => subscribe('1', live)],
    ['connection_init twice', 4429, ({ init, send }) => init().then(() => send({ type: 'connection_init' }))],
    [
      'an id used twice',
      4409,
      ({ init, subscribe }) => init().then(() => void [subscribe('1', live), subscribe('1', live)]),
    ],
    ['invalid JSON', 4400, async ({ send }) => send('{')],
    ['a message of no known type', 4400, async ({ send }) => send({ type: 'hello' })],
    ['no credentials', 4403, async ({ send }) => send({ type: 'connection_init' })],
    ['a token that is none', 4403, async ({ send }) => send({ type: 'connection_init', payload: { token: 'a.b.c' } })],
    [
      'an expired token',
      4403,
      async ({ send }) => send({ type: 'connection_init', payload: { token: world.tokenOf(people.advisorA, -60) } }),
    ],
    [
      'a token that ends while connected',
      4403,
      ({ init }) => init(world.tokenOf(people.advisorA, 1)).then(() => undefined),
    ],
    ['no subprotocol', 4406, async () => undefined],
  ])('%s closes with %i', async (name, code, act) => {
    const client = await raw(name === 'no subprotocol' ? [] : undefined);
    await act(client);
    expect(await client.closed).toBe(code);
  });

  it('answers a ping with its payload', async () => {
    const client = await raw();
    await client.init();
    client.send({ type: 'ping', payload: { at: 7 } });
    expect(await client.frame('pong')).toEqual({ type: 'pong', payload: { at: 7 } });
  });

  it('keys of connection_init are not headers', async () => {
    const client = await raw();
    await client.init(world.tokenOf(people.advisorA), { 'cargoro-min-position': '999999', authorization: 'x' });
    client.subscribe('1', '{ invoices { edges { cursor } } }');
    expect(await client.frame('next', '1')).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { invoices: { edges: [] } } },
    });
  });

  it('runs queries and commands too, and completes them', async () => {
    const client = await raw();
    await client.init();
    client.subscribe('1', 'mutation { markOverdue(commandId: "x", input: { invoiceId: "y" }) { __typename } }');
    expect((await client.frame('next', '1')).payload).toEqual({ data: { markOverdue: { __typename: 'Accepted' } } });
    await client.frame('complete', '1');
  });

  it.each([
    ['a document that is not valid', 'subscription { invoiceChanged(orgId: "x") { wheels } }', 'BAD_USER_INPUT'],
    ['malformed GraphQL', 'subscription {', 'BAD_USER_INPUT'],
    [
      'a selection too deep',
      `subscription { invoiceChanged(orgId: "x") { node { ${'asOf(revision: "1") { '.repeat(14)} id ${'}'.repeat(14)} } } }`,
      'BAD_USER_INPUT',
    ],
    [
      'a missing variable',
      'subscription S($orgId: String!) { invoiceChanged(orgId: $orgId) { position } }',
      'BAD_USER_INPUT',
    ],
    [
      'a position that is none',
      `subscription { invoiceChanged(orgId: "x", afterPosition: "now") { position } }`,
      'BAD_USER_INPUT',
    ],
    ['a record one may not see', 'subscription { organizationChanged(id: "nothing-here") { position } }', 'FORBIDDEN'],
  ])('%s gives an error frame with its code, and the socket lives on', async (_name, query, code) => {
    const client = await raw();
    await client.init();
    client.subscribe('1', query);
    expect(await client.frame('error', '1')).toMatchObject({ payload: [{ extensions: { code } }] });
    client.send({ type: 'ping' });
    await client.frame('pong');
  });

  it('takes no more subscriptions than allowed, and gives the place of an ended one to another', async () => {
    const client = await raw();
    await client.init();
    for (const id of ['1', '2', '3', '4']) client.subscribe(id, live);
    expect(await client.frame('error', '4')).toMatchObject({ payload: [{ extensions: { fields: [{ path: 'id' }] } }] });
    client.send({ id: '2', type: 'complete' });
    client.subscribe('5', '{ __typename }');
    await client.frame('next', '5');
  });

  it('a membership that ends, or another role, closes the sockets that rest on it and refuses their token', async () => {
    const memberships = queries.find(({ name }) => name === 'memberships')?.readModel;
    if (!memberships) throw new Error('There is no query memberships');
    const { userId } = people.secondAdvisorA;
    const member = (status: string, roles: string[]) =>
      world.put(memberships, `${orgA}.${userId}`, [org(orgA, 'org')], { orgId: orgA, userId, status, roles });
    const token = world.tokenOf(people.secondAdvisorA);
    const [client, other] = [await raw(), await raw()];
    await Promise.all([client.init(token), other.init()]);
    await world.bus.publish(member('active', ['SERVICE_ADVISOR', 'TECHNICIAN']));
    client.send({ type: 'ping' });
    await client.frame('pong');
    await world.bus.publish(member('active', ['TECHNICIAN']));
    expect(await client.closed).toBe(4403);
    const again = await raw();
    again.send({ type: 'connection_init', payload: { token } });
    expect(await again.closed).toBe(4403);
    other.send({ type: 'ping' });
    await other.frame('pong');
  });

  it('a client that does not read is dropped with 4290 once too much waits for it', async () => {
    const client = await raw();
    await client.init();
    client.subscribe('1', `subscription { invoiceChanged(orgId: "${orgA}") { node { number } } }`);
    await expect.poll(() => gateway.stats().subscriptions).toBeGreaterThan(0);
    client.socket.pause();
    const before = gateway.stats().sockets;
    // More than the kernel's buffers and ours together hold.
    for (let n = 0; n < 200; n++)
      await world.bus.publish(
        world.put(invoices, `big-${n}`, [org(orgA, 'seller')], { sellerOrgId: orgA, number: 'x'.repeat(100_000) }),
      );
    await expect.poll(() => gateway.stats().sockets, { timeout: 5_000 }).toBe(before - 1);
    client.socket.resume();
    expect([4290, 1006]).toContain(await client.closed);
  });

  it('the official client goes on over expiring tokens without losing or repeating a change', async () => {
    const got: string[] = [];
    let connections = 0;
    let last = String(await world.readApi.position(invoices));
    const client = createClient({
      url: address(),
      webSocketImpl: WebSocket,
      retryWait: async () => undefined,
      connectionParams: () => ({ token: world.tokenOf(people.advisorA, 1) }),
      on: { connected: () => void connections++ },
    });
    const query =
      'subscription S($orgId: String!, $after: Position) { invoiceChanged(orgId: $orgId, afterPosition: $after) { position node { number } } }';
    const done = new AbortController();
    // What an app does: on a new connection it resumes from the last position it saw.
    const variables = {
      orgId: orgA,
      get after() {
        return last;
      },
    };
    const reading = (async () => {
      for await (const { data } of client.iterate<{ invoiceChanged: { position: string; node: { number: string } } }>({
        query,
        variables,
      })) {
        if (!data) continue;
        last = data.invoiceChanged.position;
        got.push(data.invoiceChanged.node.number);
        if (got.length === 40) return done.abort();
      }
    })();
    const started = Date.now();
    for (let n = 0; !done.signal.aborted; n++) {
      if (n < 40)
        await world.bus.publish(
          world.put(invoices, `invoice-${n}`, [org(orgA, 'seller')], { sellerOrgId: orgA, number: String(n) }),
        );
      // Three lives of a token are filled with forty changes.
      await new Promise((resolve) => setTimeout(resolve, n < 40 ? 75 : 20));
      if (Date.now() - started > 20_000) throw new Error(`Only ${got.length} came`);
    }
    await reading;
    await client.dispose();
    expect(got).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
    expect(connections).toBeGreaterThanOrEqual(3);
  });
});
