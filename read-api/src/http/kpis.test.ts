import { type Actor, RepairOrder } from '@cargoro/domain';
import { kpis, rebuild } from '@cargoro/projections';
import { uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingWorld } from '../testing/reading.ts';
import { readHttp } from './app.ts';

const orgOf = (n: number): string => uuid(100 + n);
const actors: Readonly<Record<string, Actor>> = {
  analyst: { kind: 'user', id: uuid(1), orgId: orgOf(1), role: 'ANALYST' },
  stranger: { kind: 'user', id: uuid(2), orgId: orgOf(99), role: 'ANALYST' },
  technician: { kind: 'user', id: uuid(3), orgId: orgOf(1), role: 'TECHNICIAN' },
};

let reading: Awaited<ReturnType<typeof readingWorld>>;
let app: ReturnType<typeof readHttp>;
/** An order of workshop `org`, open for so many hours. */
const order = async (n: number, org: number, hours: number, model = '쏘나타'): Promise<bigint> => {
  const repairOrderId = uuid(n);
  await reading.append(RepairOrder, repairOrderId, [
    {
      type: 'RepairOrderOpened',
      data: {
        ...{ repairOrderId, number: `RO-${n}`, workshopId: uuid(200 + org), workshopOrgId: orgOf(org), fuelPct: 50 },
        ...{
          vehicleId: uuid(300 + n),
          customer: { kind: 'owner', id: uuid(4) },
          payer: { kind: 'owner', id: uuid(4) },
        },
        ...{ complaint: '', odometerInKm: 10_000, conditionPhotos: [], firstRegisteredOn: '2020-01-01' },
        ...{ highVoltage: false, vehicle: { plate: '12가3456', make: '현대', model, modelYear: 2020 } },
        parties: [{ kind: 'org', id: orgOf(org), as: 'workshop' }],
      },
    },
  ]);
  const at = new Date(Date.parse('2025-06-30T01:00:00.000Z') + hours * 3_600_000).toISOString();
  return reading.append(RepairOrder, repairOrderId, [
    {
      type: 'VehicleHandedOver',
      data: { repairOrderId, receiver: { kind: 'owner', id: uuid(4) }, at, keyBack: true },
    },
  ]);
};
beforeAll(async () => {
  reading = await readingWorld(['repair']);
  const { pool, log, vault } = reading.world;
  const verifySession = async (header: string | undefined) => actors[header ?? ''] ?? null;
  app = readHttp({ readApi: reading.api, pool, log, vault, appVersion: '1', verifySession } as never);
  await order(10, 1, 2);
  await order(11, 1, 4, '아반떼');
  await reading.reached(await order(12, 2, 6));
});
afterAll(async () => {
  await app.close();
  await reading.stop();
});
const get = (url: string, as = 'analyst') => app.inject({ url, headers: { authorization: as } });

describe('a figure', () => {
  it('is counted over what its viewer may see, with its formula, unit and version', async () => {
    expect((await get('/kpi/repairCycleTime')).json()).toMatchObject({
      ...{ unit: 'h', version: 1, formula: expect.stringContaining('VehicleHandedOver') },
      groups: [{ value: 3, measurements: 2 }],
    });
    expect((await get('/kpi/repairCycleTime', 'stranger')).json()).toMatchObject({ groups: [] });
  });

  it('is cut, and bounded in time', async () => {
    expect((await get('/kpi/repairCycleTime?by=model')).json().groups).toMatchObject([
      { by: '쏘나타', value: 2 },
      { by: '아반떼', value: 4 },
    ]);
    const late = await get('/kpi/repairCycleTime?from=2025-06-30T04:00:00Z&to=2025-07-01T00:00:00Z');
    expect(late.json().groups).toMatchObject([{ value: 4, measurements: 1 }]);
    expect((await get('/kpi/repairCycleTime?by=plate')).statusCode).toBe(400);
    expect((await get('/kpi/none')).statusCode).toBe(404);
    expect((await get('/kpi/repairCycleTime', 'technician')).statusCode).toBe(403);
  });

  it('leads to the events behind it, as JSON, CSV and JSON lines', async () => {
    const url = '/kpi/repairCycleTime/measurements';
    const { measurements } = (await get(url)).json();
    expect(measurements).toMatchObject([{ stream: `repairOrder-${uuid(10)}` }, { stream: `repairOrder-${uuid(11)}` }]);
    const [event] = await reading.world.log.read(measurements[0].stream, 1n);
    expect(measurements[0].position).toBe(String(event?.position));
    expect((await get(`${url}?format=csv`)).body.split('\r\n')).toHaveLength(4);
    expect((await get(`${url}?format=jsonl`)).body.trim().split('\n')).toHaveLength(2);
    expect((await get(url, 'stranger')).json().measurements).toEqual([]);
  });

  it.each(kpis.map(({ name, cuts }) => [name, cuts] as const))(
    '%s answers, whole and by each cut',
    async (name, cuts) => {
      for (const by of [undefined, ...cuts])
        expect((await get(`/kpi/${name}${by ? `?by=${by}` : ''}`)).statusCode).toBe(200);
      expect((await get(`/kpi/${name}/measurements`)).statusCode).toBe(200);
    },
  );
});

describe('the analysts’ schema', () => {
  const asAnalyst = async (text: string) => {
    const client = await reading.world.pool.connect();
    try {
      await client.query('begin; set local role cargoro_analyst');
      return (await client.query(text)).rows;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };

  it('tells of no month of fewer than five organisations', async () => {
    expect(await asAnalyst('select * from analytics.repair_cycle_time')).toEqual([]);
    let end = 0n;
    for (let org = 3; org <= 5; org += 1) end = await order(10 + org, org, 3);
    await reading.reached(end);
    expect(await asAnalyst('select value, organisations from analytics.repair_cycle_time')).toEqual([
      { value: 3.5, organisations: '5' },
    ]);
  });

  it('documents every column, and opens nothing else', async () => {
    const bare =
      await asAnalyst(`select c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where n.nspname = 'analytics' and c.relkind = 'v' and col_description(c.oid, a.attnum) is null`);
    expect(bare).toEqual([]);
    await expect(asAnalyst('select * from rm_ws_order')).rejects.toThrow(/permission denied/);
    await expect(asAnalyst('create table analytics.x (n int)')).rejects.toThrow(/permission denied/);
  });

  it('stands when a table it reads is rebuilt', async () => {
    await rebuild(reading.world.deps, 'rm_ws_order');
    expect(await asAnalyst('select organisations from analytics.repair_cycle_time')).toHaveLength(1);
  });
});
