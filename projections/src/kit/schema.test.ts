import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, readModels } from '../index.ts';
import { type ProjectionWorld, projectionWorld } from '../testing/world.ts';

let world: ProjectionWorld;
beforeAll(async () => {
  world = await projectionWorld();
});
afterAll(() => world.stop());

const kinds = {
  text: 'text',
  int: 'integer',
  money: 'bigint',
  float: 'double precision',
  bool: 'boolean',
  moment: 'timestamp with time zone',
  day: 'date',
  json: 'jsonb',
  texts: 'ARRAY',
  long: 'bigint',
};

describe('the migrations', () => {
  it.each(readModels.map((model) => [model.name, model] as const))(
    'make the table its read model declares: %s',
    async (name, model) => {
      const { rows } = await world.pool.query(
        `select column_name as sql, data_type as type, is_nullable = 'YES' as nullable
       from information_schema.columns where table_name = $1 order by ordinal_position`,
        [name],
      );
      const declared = model.columns.map(({ sql, kind, nullable }) => ({ sql, type: kinds[kind], nullable }));
      const bySql = (a: { sql: string }, b: { sql: string }) => (a.sql < b.sql ? -1 : 1);
      expect(rows.toSorted(bySql)).toEqual(declared.toSorted(bySql));
    },
  );

  it('leave no read model without row-level security', async () => {
    const { rows } = await world.pool.query('select relname from pg_class where relname = any($1) and relrowsecurity', [
      readModels.map(({ name }) => name),
    ]);
    expect(rows).toHaveLength(readModels.length);
  });

  it('may run again, and from several processes at once', async () => {
    await Promise.all([migrate(world.pool), migrate(world.pool)]);
  });
});
