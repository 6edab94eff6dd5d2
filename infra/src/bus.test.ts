import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBus } from './bus.ts';
import { payloads } from './bus-notify.ts';
import { type Bus, type Notice, Unavailable } from './ports.ts';
import { rabbitInstalled, startRabbitServer, type TestPostgres, testPostgres, testRabbit } from './testing.ts';

const notice = (key: string, parties: readonly string[] = ['org:1']): Notice => ({
  readModel: 'rm_ws_board',
  key,
  position: '12',
  revision: '3',
  parties,
  scope: { workshopId: 'w' },
});

/** Keeps what a bus delivers, and waits for it. */
const listener = async (bus: Bus) => {
  const keys: string[] = [];
  let gaps = 0;
  let wake = () => {};
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise<void>((resolve) => (wake = resolve));
  };
  await bus.subscribe((arrived) => {
    keys.push(arrived.key);
    wake();
  });
  bus.onGap(() => {
    gaps += 1;
    wake();
  });
  return {
    keys,
    arrived: (count: number) => until(() => keys.length >= count),
    gap: (count: number) => until(() => gaps >= count),
  };
};
/** Resolves when the bus says it uses RabbitMQ, or its stand-in. */
const watched = async (options: Parameters<typeof createBus>[0]) => {
  let wake = () => {};
  const bus = await createBus({ ...options, onState: () => wake() });
  const becomes = async (status: string) => {
    while (bus.state().status !== status) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { bus, becomes };
};

let db: TestPostgres;
beforeAll(async () => {
  db = await testPostgres();
});
afterAll(() => db.stop());

describe.skipIf(!rabbitInstalled())('the bus over RabbitMQ', () => {
  it('delivers every notice to every process, once and in order', async () => {
    const { url, exchange } = await testRabbit();
    const options = {
      rabbitmqUrls: [url],
      exchange,
      mayFallBack: true,
      postgres: { postgres: db.postgres, url: db.url },
    };
    const buses = await Promise.all([createBus(options), createBus(options), createBus(options)]);
    const heard = await Promise.all(buses.map(listener));
    const keys = Array.from({ length: 500 }, (_, n) => `k${n}`);
    await buses[0]?.publish(keys.map((key) => notice(key)));
    await Promise.all(heard.map((one) => one.arrived(500)));
    expect(heard.map((one) => one.keys)).toEqual([keys, keys, keys]);
    expect(buses[0]?.state()).toEqual({ part: 'rabbitmq', status: 'up' });
    await Promise.all(buses.map((bus) => bus.close()));
  });

  it('survives a killed broker: Postgres stands in, and RabbitMQ takes over again with a gap told', async () => {
    const broker = await startRabbitServer();
    const options = {
      rabbitmqUrls: [broker.url],
      exchange: `x.${randomUUID()}`,
      mayFallBack: true,
      postgres: { postgres: db.postgres, url: db.url },
    };
    const publisher = await watched(options);
    const subscriber = await watched(options);
    const heard = await listener(subscriber.bus);
    await publisher.bus.publish([notice('before')]);
    await heard.arrived(1);

    await broker.kill();
    await Promise.all([publisher.becomes('degraded'), subscriber.becomes('degraded')]);
    expect(publisher.bus.state()).toMatchObject({ status: 'degraded', fallback: 'postgres-notify' });
    await publisher.bus.publish([notice('meanwhile')]);
    await heard.arrived(2);

    await broker.start();
    await Promise.all([publisher.becomes('up'), subscriber.becomes('up'), heard.gap(1)]);
    await publisher.bus.publish([notice('after')]);
    await heard.arrived(3);
    expect(heard.keys).toEqual(['before', 'meanwhile', 'after']);
    await Promise.all([publisher.bus.close(), subscriber.bus.close()]);
    await broker.stop();
  });
});

describe('the bus without RabbitMQ', () => {
  const away = ['amqp://127.0.0.1:1'];

  it('reaches our other processes through Postgres, and its own subscribers once', async () => {
    const options = {
      rabbitmqUrls: away,
      exchange: randomUUID(),
      mayFallBack: true,
      postgres: { postgres: db.postgres, url: db.url },
    };
    const [a, b] = [await createBus(options), await createBus(options)];
    const [first, second] = [await listener(a), await listener(b)];
    const keys = Array.from({ length: 200 }, (_, n) => `k${n}`);
    await a.publish(keys.map((key) => notice(key)));
    await b.publish([notice('back')]);
    await Promise.all([first.arrived(201), second.arrived(201)]);
    expect(first.keys).toEqual([...keys, 'back']);
    expect(second.keys.toSorted()).toEqual([...keys, 'back'].toSorted());
    await Promise.all([a.close(), b.close()]);
  });

  it('tells its readers to look for themselves when a notice is too large for Postgres', async () => {
    const options = {
      rabbitmqUrls: away,
      exchange: randomUUID(),
      mayFallBack: true,
      postgres: { postgres: db.postgres, url: db.url },
    };
    const [a, b] = [await createBus(options), await createBus(options)];
    const heard = await listener(b);
    await a.publish([
      notice(
        'huge',
        Array.from({ length: 400 }, () => `org:${randomUUID()}`),
      ),
    ]);
    await heard.gap(1);
    for (const payload of payloads(
      'me',
      Array.from({ length: 300 }, (_, n) => notice(`정비 ${n}`)),
    ))
      expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    await Promise.all([a.close(), b.close()]);
  });

  it('tells of a gap when Postgres cut the connection it listened on', async () => {
    const exchange = randomUUID();
    const bus = await createBus({
      rabbitmqUrls: away,
      exchange,
      mayFallBack: true,
      postgres: { postgres: db.postgres, url: db.url },
    });
    const heard = await listener(bus);
    await db.postgres.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cargoro-bus' and datname = current_database()`,
    );
    await heard.gap(1);
    await bus.close();
  });

  it('refuses to publish where no stand-in is allowed', async () => {
    const bus = await createBus({ rabbitmqUrls: away, mayFallBack: false });
    await expect(bus.publish([notice('k')])).rejects.toBeInstanceOf(Unavailable);
    expect(bus.state()).toMatchObject({ status: 'down' });
    await bus.close();
  });
});
