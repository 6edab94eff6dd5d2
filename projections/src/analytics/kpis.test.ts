import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kpis } from '../index.ts';
import { OrderView, readModels } from '../read-models.ts';
import { putRow } from '../testing/rows.ts';
import { type ProjectionWorld, projectionWorld } from '../testing/world.ts';
import { examples } from './kpi-examples.fixture.ts';
import { hour } from './kpi-samples.fixture.ts';

let world: ProjectionWorld;
beforeAll(async () => {
  world = await projectionWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.pool.query(`truncate ${readModels.map(({ name }) => name).join(', ')}`);
});

const isNear = (value: unknown): value is { near: number; digits: number } =>
  typeof value === 'object' && value !== null && 'near' in value;

describe('a figure', () => {
  const counted = async (sql: string): Promise<unknown> => {
    const { rows } = await world.pool.query(
      `select sum(numerator) / nullif(sum(denominator), 0) as value, count(*) filter (where org_id is null) as nobody
       from (${sql}) m`,
    );
    expect(rows[0].nobody).toBe('0');
    return rows[0].value;
  };
  it.each(examples)('%s %s', async (name, _told, rows, value) => {
    for (const [model, row] of rows) await putRow(world.pool, model, row);
    const found = await counted(kpis.find((one) => one.name === name)?.sql ?? '');
    const { near, digits } = isNear(value) ? value : { near: Number(value), digits: 6 };
    expect(found).toBeCloseTo(near, digits);
  });

  it('is counted again as it was by the formula it had then', async () => {
    await putRow(world.pool, OrderView, {
      ...{
        id: '1',
        stream: 'repairOrder-1',
        workshopOrgId: 'w',
        vehicleId: 'v',
        completedAt: hour(1),
        warrantyOf: '0',
      },
    });
    const figure = kpis.find(({ name }) => name === 'comebackRate');
    expect([figure?.version, await counted(figure?.sql ?? '')]).toEqual([2, 0]);
    expect([figure?.former[0]?.version, await counted(figure?.former[0]?.sql ?? '')]).toEqual([1, 1]);
  });
});
