import { join } from 'node:path';
import {
  createPositionsIntake,
  type PositionsIntake,
  startRetention,
  startTracks,
  type Tracks,
} from '@cargoro/commands';
import type { Actor } from '@cargoro/domain';
import { diskFiles } from '@cargoro/infra/files/disk';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { DeliveryView, FileUse } from '@cargoro/projections';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DevUser } from '../auth/local-issuer.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { furnish, tenant } from '../testing/tenants.ts';

let stack: Stack;
let intake: PositionsIntake;
let tracks: Tracks | undefined;
let retention: Awaited<ReturnType<typeof startRetention>>;
const logger = createLogger({ level: 'silent' });
const clock = () => new Date().toISOString();
const [a, b] = [tenant(1), tenant(2)];
const deliveryId = a.ids.delivery;
const [customer, driver, dispatcher] = [
  a.customer,
  a.user('DRIVER', a.ids.transport, a.ids.driver),
  a.user('DISPATCHER', a.ids.transport, a.ids.owner),
];
const analyst = a.user('ANALYST', a.ids.transport);
const strangers = [b.customer, b.owner, b.user('DRIVER', b.ids.transport, b.ids.driver)];
const driverActor: Actor = { kind: 'user', id: a.ids.driver, orgId: a.ids.transport, role: 'DRIVER' };
const file = { objectId: 'o', sha256: 'a'.repeat(64), bytes: 1 };
const photos = ['front', 'rear', 'left', 'right', 'dash'].map((slot) => ({ ...file, slot }));

beforeAll(async () => {
  stack = await startStack();
  await furnish(stack, a);
  intake = createPositionsIntake({
    ...{ commands: stack.commands, postgres: stack.postgres, bus: stack.bus, metrics: createMetrics('test') },
    ...{ logger, clock },
  });
  retention = await startRetention(stack.postgres, clock, logger);
});
afterAll(async () => {
  intake?.stop();
  await tracks?.stop();
  await retention?.stop();
  await stack?.stop();
});

type Answer = { data?: { deliveryPosition: { lat: number } | null }; errors?: { extensions: { code: string } }[] };
const ask = async (user: DevUser, more: Readonly<Record<string, string>> = {}): Promise<Answer> => {
  const response = await stack.gateway.app.inject({
    ...{ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${stack.tokenOf(user)}`, ...more } },
    payload: { query: `{ deliveryPosition(id: "${deliveryId}") { lat at } }` },
  });
  return response.json() as Answer;
};
const lat = async (user: DevUser) => (await ask(user)).data?.deliveryPosition?.lat ?? null;
const projected = async () =>
  expect(await stack.readApi.waitFor(DeliveryView, BigInt(stack.position()), 20_000)).toBe(true);
const drive = (at: number) =>
  intake.take(driverActor, {
    deliveryId,
    points: [{ at: new Date().toISOString(), lat: at, lon: 127, speedKmh: 30 }],
  });
const listen = (user: DevUser) => {
  const client = createClient({
    ...{ url: `${stack.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
    connectionParams: { token: stack.tokenOf(user) },
  });
  const heard: { lat: number }[] = [];
  const query = `subscription { deliveryPositionMoved(id: "${deliveryId}") { lat } }`;
  let refused: unknown;
  const reading = (async () => {
    for await (const { data } of client.iterate<{ deliveryPositionMoved: { lat: number } }>({ query }))
      heard.push({ lat: data?.deliveryPositionMoved.lat ?? 0 });
  })().catch((error: unknown) => {
    refused = error;
  });
  const stop = async (): Promise<void> => {
    await client.dispose();
    await reading;
  };
  return { heard, refused: () => refused, stop };
};
const depart = async (): Promise<void> => {
  await stack.tell('StartToPickup', { deliveryId });
  await stack.tell('ArriveAtPickup', { deliveryId, geo: { lat: 37.5, lon: 127.03 } });
  const inspected = { odometerKm: 50_000, fuelPct: 60, photos, giver: 'g', signature: file };
  await stack.tell('InspectAtPickup', { deliveryId, ...inspected });
  await stack.tell('Depart', { deliveryId });
};

describe('the position of a car', () => {
  it('is not shown before the car is on its way, not even to its owner', async () => {
    await projected();
    expect(await drive(37.1)).toEqual({ kind: 'refused', code: 'NOT_IN_TRANSIT' });
    expect(await lat(customer)).toBeNull();
  });

  it('is shown to the parties of the delivery while it is, and to nobody else', async () => {
    await depart();
    await projected();
    expect(await drive(37.2)).toMatchObject({ kind: 'stored', stored: 1 });
    expect([await lat(customer), await lat(driver), await lat(dispatcher)]).toEqual([37.2, 37.2, 37.2]);
    for (const stranger of [...strangers, analyst])
      expect(await ask(stranger)).toEqual({ data: { deliveryPosition: null } });
  });

  it('is written down each time somebody sees it: who, what and when', async () => {
    const seen = await stack.postgres.query<{ actor_id: string; how: string }>(
      'select actor_id, how from position_access where delivery_id = $1 order by at',
      [deliveryId],
    );
    expect(seen).toEqual([a.ids.customer, a.ids.driver, a.ids.owner].map((actor_id) => ({ actor_id, how: 'query' })));
  });

  it('is shown to staff by an approved emergency access, and written down as theirs', async () => {
    const [caseId, platform] = [a.ids.auditCase, a.id(500)];
    const [staff, admin] = [
      a.user('PLATFORM_SUPPORT', platform, a.id(501)),
      a.user('PLATFORM_ADMIN', platform, a.id(503)),
    ];
    const actorOf = ({ userId: id, role }: DevUser): Actor => ({ kind: 'user', id, role, orgId: platform });
    expect(await lat(staff)).toBeNull();
    const asked = { caseId, by: staff.userId, orgId: a.ids.transport, reason: '사고 조사', minutes: 10 };
    await stack.tell('RequestBreakGlass', asked, actorOf(staff));
    await stack.tell('ApproveBreakGlass', { caseId, by: admin.userId }, actorOf(admin));
    const answer = await ask(staff, { 'x-cargoro-break-glass': caseId });
    expect(answer.data?.deliveryPosition?.lat).toBe(37.2);
    const [last] = await stack.postgres.query(
      'select actor_id, actor_role, actor_org from position_access order by id desc limit 1',
    );
    expect(last).toEqual({ actor_id: staff.userId, actor_role: 'PLATFORM_SUPPORT', actor_org: platform });
  });

  it('is told live at most once a second to the parties, however fast it moves, and strangers are refused', async () => {
    const [own, other] = [listen(customer), listen(dispatcher)];
    const stranger = listen(strangers[0] as DevUser);
    await expect.poll(() => [own.heard.length, other.heard.length], { timeout: 10_000 }).toEqual([1, 1]);
    await expect.poll(stranger.refused, { timeout: 5_000 }).toBeDefined();
    const began = performance.now();
    for (let n = 1; n <= 60; n += 1) await drive(37.3 + n / 1_000);
    await expect.poll(() => own.heard.at(-1)?.lat, { timeout: 10_000 }).toBeCloseTo(37.36, 6);
    const seconds = (performance.now() - began) / 1_000;
    expect(own.heard.length).toBeLessThanOrEqual(2 + Math.ceil(seconds));
    await expect.poll(() => other.heard.at(-1)?.lat, { timeout: 3_000 }).toBeCloseTo(37.36, 6);
    const [{ count } = { count: 0 }] = await stack.postgres.query<{ count: number }>(
      `select count(*)::int as count from position_access where how = 'live' and actor_id = $1`,
      [a.ids.customer],
    );
    expect(count).toBe(own.heard.length);
    expect(stranger.heard).toEqual([]);
    await Promise.all([own.stop(), other.stop(), stranger.stop()]);
  });

  it('falls silent once the car is handed over', async () => {
    const own = listen(customer);
    await expect.poll(() => own.heard.length, { timeout: 10_000 }).toBe(1);
    await stack.tell('ArriveAtDropoff', { deliveryId, geo: { lat: 37.6, lon: 127.1 } });
    expect(await drive(37.5)).toMatchObject({ kind: 'stored' });
    await expect.poll(() => own.heard.length, { timeout: 5_000 }).toBe(2);
    const handedOver = { receiver: 'r', odometerKm: 50_012, photos, signature: file };
    await stack.tell('CompleteHandover', { deliveryId, ...handedOver });
    await projected();
    expect(await drive(37.6)).toMatchObject({ kind: 'refused' });
    await stack.postgres.query('update position_latest set at = now(), lat = 38 where delivery_id = $1', [deliveryId]);
    await stack.bus.publish([
      { readModel: 'position_latest', key: deliveryId, position: '0', revision: '0', parties: [], scope: {} },
    ]);
    expect(await lat(customer)).toBeNull();
    // Longer than the feed ever waits before it reads again.
    const silent = performance.now();
    await expect.poll(() => performance.now() - silent > 1_500, { timeout: 3_000 }).toBe(true);
    expect(own.heard.length).toBe(2);
    await own.stop();
  });
});

type Entry = {
  how: string;
  actorKind: string;
  actorRole: string | null;
  actorOrgId: string | null;
  actorId: string | null;
};
type Log = { positionAccess: { edges: { node: Entry; cursor: string }[]; pageInfo: { hasNextPage: boolean } } | null };
const accessLog = async (user: DevUser, paging = 'first: 100') => {
  const response = await stack.gateway.app.inject({
    ...{ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${stack.tokenOf(user)}` } },
    payload: {
      query: `{ positionAccess(deliveryId: "${deliveryId}", ${paging}) { edges { cursor node {
        how actorKind actorRole actorOrgId actorId } } pageInfo { hasNextPage } } }`,
    },
  });
  return response.json() as { data?: Log | null; errors?: { extensions: { code: string } }[] };
};
const entries = async (user: DevUser) =>
  (await accessLog(user)).data?.positionAccess?.edges.map(({ node }) => node) ?? null;

describe('the sealed track', () => {
  const readTrack = async (user: DevUser, sha256: string) => {
    const headers = { authorization: `Bearer ${stack.tokenOf(user)}` };
    return stack.gateway.app.inject({ url: `/files/${sha256}`, headers });
  };

  it('is read by those who could see the car on its way, and each reading is written down', async () => {
    const files = diskFiles(join(stack.folder, 'files'));
    tracks = startTracks({ log: stack.log, commands: stack.commands, postgres: stack.postgres, files, logger });
    await tracks.passed(await stack.log.end());
    const events = await stack.log.read(`delivery-${deliveryId}`);
    const sealed = events.find(({ type }) => type === 'TrackSealed');
    const { polylineSha256 = '' } = (sealed?.data ?? {}) as { polylineSha256?: string };
    expect(await stack.readApi.waitFor(FileUse, sealed?.position ?? 0n, 20_000)).toBe(true);
    for (const reader of [customer, driver]) {
      const answer = await readTrack(reader, polylineSha256);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/json']);
      expect(answer.headers['cache-control']).toBe('private, no-store');
      expect(answer.json()).toMatchObject({
        deliveryId,
        points: expect.arrayContaining([[expect.any(Number), 37.2, 127]]),
      });
    }
    for (const stranger of [...strangers, analyst, b.user('PLATFORM_SUPPORT', b.id(500))])
      expect((await readTrack(stranger, polylineSha256)).statusCode).toBe(404);
    expect(
      await stack.postgres.query(
        `select actor_id from position_access where delivery_id = $1 and how = 'track' order by id`,
        [deliveryId],
      ),
    ).toEqual([{ actor_id: a.ids.customer }, { actor_id: a.ids.driver }]);
  });
});

describe('who saw a position', () => {
  it('is read by the driver who was seen, and by those who answer for it, without the people of others', async () => {
    const seen = (await entries(driver)) ?? [];
    expect(new Set(seen.map(({ how }) => how))).toEqual(new Set(['query', 'live', 'seal', 'track']));
    expect(seen[0]).toEqual({
      ...{ how: 'track', actorKind: 'user', actorRole: 'DRIVER', actorOrgId: a.ids.transport, actorId: a.ids.driver },
    });
    // The owner of the car is nobody of the driver's company; a colleague is.
    expect(seen[1]).toMatchObject({ how: 'track', actorRole: 'OWNER', actorOrgId: null, actorId: null });
    expect(seen.some(({ actorId }) => actorId === a.ids.owner)).toBe(true);
    expect(seen).toContainEqual(expect.objectContaining({ how: 'seal', actorKind: 'process', actorId: 'tracks' }));
    for (const reader of [customer, dispatcher]) expect(await entries(reader)).toHaveLength(seen.length);
    expect((await entries(customer))?.filter(({ actorId }) => actorId === a.ids.driver)).toEqual([]);
    const audited = await entries(b.user('PLATFORM_AUDITOR', b.id(500)));
    expect(audited?.filter(({ actorId }) => actorId === null)).toEqual([]);
  });

  it('comes page by page', async () => {
    const all = (await accessLog(driver)).data?.positionAccess?.edges.map(({ cursor }) => cursor) ?? [];
    const page = async (paging: string) => (await accessLog(driver, paging)).data?.positionAccess;
    const [first, second] = [await page('first: 2'), await page(`first: 2, after: "${all[1]}"`)];
    expect(first?.pageInfo.hasNextPage).toBe(true);
    expect([first, second].flatMap((one) => one?.edges.map(({ cursor }) => cursor))).toEqual(all.slice(0, 4));
    expect((await accessLog(driver, 'first: 2, after: "x"')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is told to nobody else', async () => {
    for (const stranger of strangers) expect(await entries(stranger)).toBeNull();
    for (const reader of [analyst, a.user('SERVICE_ADVISOR', a.ids.transport), b.user('PLATFORM_SUPPORT', b.id(500))])
      expect((await accessLog(reader)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
