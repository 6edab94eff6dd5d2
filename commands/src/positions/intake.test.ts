import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import type { Bus, Notice } from '@cargoro/infra/ports';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startJourney, type TestJourney } from '../../test/journey.ts';
import { startWorld, type TestWorld } from '../../test/world.ts';
import { type RunningApi, startCommandsApi } from '../http/api.ts';
import { migrateCommands } from '../migrate.ts';
import { createPositionsIntake, type PositionsIntake } from './intake.ts';
import { keepRetention } from './retention.ts';

let world: TestWorld;
let database: TestPostgres;
let api: RunningApi;
let intake: PositionsIntake;
let logged = '';
const notices: Notice[] = [];
const journeys = new Map<string, TestJourney>();
const bus = { publish: async (told: readonly Notice[]) => void notices.push(...told) } as Pick<Bus, 'publish'> as Bus;
beforeAll(async () => {
  [world, database] = await Promise.all([startWorld(), testPostgres()]);
  await migrateCommands(database.postgres);
  await keepRetention(database.postgres, world.clock());
  const write = (line: string): void => {
    logged += line;
  };
  const destination = { write };
  intake = createPositionsIntake({
    ...{ commands: world.node(), postgres: database.postgres, bus, metrics: createMetrics('positions') },
    ...{ logger: createLogger({ level: 'trace', destination }), clock: world.clock },
  });
  api = await startCommandsApi(
    {
      ...{ commands: world.node(), aggregates: [], appVersion: 'test', positions: intake },
      verifySession: async (header) => journeys.get(header ?? '')?.driver ?? null,
    },
    { port: 0 },
  );
});
afterAll(async () => {
  await api?.stop();
  intake?.stop();
  await database?.stop();
  await world?.stop();
});
beforeEach(() => {
  notices.length = 0;
});
afterEach(() => expect(logged).not.toMatch(/37\.49|127\.02/));

let serial = 0;
const journey = async (): Promise<TestJourney & { name: string }> => {
  const name = `j${serial++}`;
  const started = await startJourney(world, name);
  journeys.set(name, started);
  return { ...started, name };
};
const points = (count: number, secondsAgo = 0) =>
  Array.from({ length: count }, (_, n) => ({
    at: new Date(Date.parse(world.clock()) - (secondsAgo + count - n) * 1_000).toISOString(),
    ...{ lat: 37.498 + n / 10_000, lon: 127.028, speedKmh: 40, accuracyM: 5 },
  }));
const post = async (name: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${api.url}/positions`, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json', authorization: name, ...headers },
  });
  return { status: response.status, body: (await response.json()) as Record<string, never>, headers: response.headers };
};
const kept = (deliveryId: string) =>
  database.postgres.query<{ lat: number }>('select lat from position where delivery_id = $1 order by at', [deliveryId]);
const refusal = (code: string) => ({ status: 403, body: { error: { code } } });

describe('positions of a car on its way', () => {
  it('are kept once, however often they are told, and move the latest one on', async () => {
    const { name, deliveryId, driverId, depart } = await journey();
    await depart();
    world.pass(10);
    const batch = { deliveryId, points: points(200) };
    expect(await post(name, batch)).toMatchObject({ status: 200, body: { stored: 200, ignored: 0 } });
    expect(await post(name, batch)).toMatchObject({ status: 200, body: { stored: 0, ignored: 200 } });
    expect(await post(name, { deliveryId, points: points(2, 300) })).toMatchObject({ body: { stored: 2 } });
    expect(await kept(deliveryId)).toHaveLength(202);
    expect(
      await database.postgres.query('select driver_id, at from position_latest where delivery_id = $1', [deliveryId]),
    ).toEqual([{ driver_id: driverId, at: batch.points.at(-1)?.at }]);
  });

  it('cost one statement a batch', async () => {
    const { name, deliveryId, depart } = await journey();
    await depart();
    world.pass(10);
    const { postgres } = database;
    const before = postgres.pool.query;
    let statements = 0;
    postgres.pool.query = ((...args: Parameters<typeof before>) => {
      statements += 1;
      return before.apply(postgres.pool, args);
    }) as typeof before;
    await post(name, { deliveryId, points: points(200) });
    postgres.pool.query = before;
    expect(statements).toBe(1);
  });

  it('are told to live queries at most once a second, without the position itself', async () => {
    const { name, deliveryId, depart } = await journey();
    await depart();
    world.pass(1);
    for (let n = 0; n < 5; n += 1) await post(name, { deliveryId, points: points(1, 30 - n * 5) });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ readModel: 'position_latest', key: deliveryId, parties: [] });
    expect(JSON.stringify(notices)).not.toContain('37.49');
    await expect.poll(() => notices.length, { timeout: 3_000 }).toBe(2);
  });

  it('are taken while the car is on its way alone: not before the departure, nor after the hand-over', async () => {
    const { name, deliveryId, depart, end } = await journey();
    const tell = () => post(name, { deliveryId, points: points(1) });
    expect(await tell()).toMatchObject(refusal('NOT_IN_TRANSIT'));
    await depart();
    // The way to the car is the driver's own.
    expect(await post(name, { deliveryId, points: points(3, 5) })).toMatchObject({ body: { stored: 0, ignored: 3 } });
    world.pass(1);
    expect(await tell()).toMatchObject({ status: 200, body: { stored: 1 } });
    await end();
    expect(await tell()).toMatchObject(refusal('NOT_YOUR_DELIVERY'));
  });

  it('are for the driver to tell who has the job, is on shift and consents', async () => {
    const [one, other] = [await journey(), await journey()];
    await one.depart();
    await other.depart();
    world.pass(1);
    const tell = (name: string, deliveryId = one.deliveryId) => post(name, { deliveryId, points: points(1) });
    expect(await tell(other.name)).toMatchObject(refusal('NOT_YOUR_DELIVERY'));
    expect(await tell('nobody')).toMatchObject({ status: 401 });
    journeys.set('dispatcher', { ...one, driver: { ...one.driver, role: 'DISPATCHER' } as never });
    expect(await tell('dispatcher')).toMatchObject(refusal('NOT_A_DRIVER'));
    journeys.set('idle', { ...one, driver: { ...one.driver, id: 'nobody-on-shift' } });
    expect(await tell('idle')).toMatchObject(refusal('NO_OPEN_SHIFT'));
    await one.consent(false);
    const refused = await post(
      one.name,
      { deliveryId: one.deliveryId, points: points(1) },
      { 'accept-language': 'en' },
    );
    expect(refused).toMatchObject({
      ...{ status: 403, body: { error: { code: 'CONSENT_MISSING', message: expect.stringContaining('Consent') } } },
    });
    expect(await kept(one.deliveryId)).toEqual([]);
  });

  it('must be of this world and of about now; else every wrong field is named and nothing kept', async () => {
    const { name, deliveryId, depart } = await journey();
    await depart();
    world.pass(1);
    const [good] = points(1);
    const at = (hours: number) => new Date(Date.parse(world.clock()) + hours * 3_600_000).toISOString();
    const wrong = async (body: unknown) => {
      const { status, body: answer } = await post(name, body);
      const { error } = answer as unknown as { error: { fields: { path: string }[] } };
      return [status, ...error.fields.map(({ path }) => path)];
    };
    expect(await wrong({ deliveryId, points: [good, { ...good, lat: 91, lon: -181 }] })).toEqual([
      ...[400, 'points.1.lat', 'points.1.lon'],
    ]);
    expect(await wrong({ deliveryId, points: [good, { ...good, at: at(1) }, { ...good, at: at(-25) }] })).toEqual([
      ...[400, 'points.1.at', 'points.2.at'],
    ]);
    expect(await wrong({ deliveryId, points: [] })).toEqual([400, 'points']);
    expect(await wrong({ deliveryId, points: points(201) })).toEqual([400, 'points']);
    expect(await wrong({ deliveryId, points: [{ ...good, name: 'x' }] })).toEqual([400, 'points.0.name']);
    expect(await kept(deliveryId)).toEqual([]);
  });

  it('are limited for each driver, who is told when to come back', async () => {
    const { name, deliveryId, depart } = await journey();
    await depart();
    world.pass(120);
    for (let n = 0; n < 10; n += 1)
      expect((await post(name, { deliveryId, points: points(200, n * 200) })).status).toBe(200);
    const held = await post(name, { deliveryId, points: points(100, 2_000) });
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '20']);
    const other = await journey();
    await other.depart();
    world.pass(1);
    expect((await post(other.name, { deliveryId: other.deliveryId, points: points(1) })).status).toBe(200);
    expect((await post(name, { deliveryId, points: points(100, 2_000) })).status).toBe(200);
  });

  it('stand in the OpenAPI document with the shape of a point and the refusals', async () => {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
      paths: Record<string, { post: Record<string, unknown> }>;
      components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
    };
    expect(document.paths['/positions']?.post).toMatchObject({
      'x-roles': ['DRIVER'],
      'x-refusals': { NO_OPEN_SHIFT: {} },
    });
    expect(Object.keys(document.components.schemas.PositionPoint?.properties ?? {})).toContain('accuracyM');
  });
});

describe('retention', () => {
  it('drops days over thirty days old with all their points, and makes days ahead', async () => {
    const { postgres } = database;
    const days = async () =>
      (
        await postgres.query<{ name: string }>(
          `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'position'::regclass order by 1`,
        )
      ).map(({ name }) => name);
    expect(await days()).toEqual(
      [29, 30]
        .map((day) => `position_202506${day}`)
        .concat(['01', '02', '03', '04'].map((day) => `position_202507${day}`)),
    );
    expect(await keepRetention(postgres, '2025-07-29T12:00:00.000Z')).toEqual([]);
    expect(await keepRetention(postgres, '2025-07-31T15:30:00.000Z')).toEqual([
      ...['position_20250629', 'position_20250630', 'position_20250701'],
    ]);
    expect(await postgres.query('select from position')).toEqual([]);
    expect(await postgres.query('select from position_latest')).toEqual([]);
    await postgres.query(
      `insert into position_access (at, delivery_id, actor_kind, actor_id, how) values
        ('2025-02-02T23:59:59Z', 'old', 'user', 'u', 'query'), ('2025-02-03T00:00:00Z', 'kept', 'user', 'u', 'query')`,
    );
    await Promise.all([1, 2, 3].map(() => keepRetention(postgres, '2025-08-03T00:00:00.000Z')));
    expect(
      await postgres.query(`select delivery_id as id from position_access where delivery_id in ('old', 'kept')`),
    ).toEqual([{ id: 'kept' }]);
    expect(await days()).toContain('position_20250807');
  });
});
