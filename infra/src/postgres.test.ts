import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgresServer } from './embedded/postgres-server.ts';
import { Unavailable } from './ports.ts';
import { createPostgres, parseTimestamp } from './postgres.ts';
import { type TestPostgres, testPostgres } from './testing.ts';

let db: TestPostgres;
beforeAll(async () => {
  db = await testPostgres();
});
afterAll(() => db.stop());

describe('Postgres', () => {
  it('returns times as ISO strings in UTC with milliseconds, days as days, big numbers as strings', async () => {
    const [row] = await db.postgres.query(`select
      '2025-06-30 12:04:05.6789+09'::timestamptz t, '2025-06-30'::date d, 9007199254740993::int8 i,
      array['2025-06-30 03:04:05+00']::timestamptz[] ts, '{"a":[1]}'::jsonb j, 'infinity'::timestamptz f`);
    expect(row).toEqual({
      t: '2025-06-30T03:04:05.678Z',
      d: '2025-06-30',
      i: '9007199254740993',
      ts: ['2025-06-30T03:04:05.000Z'],
      j: { a: [1] },
      f: 'infinity',
    });
    expect(parseTimestamp('2025-06-30 12:00:00+09')).toBe('2025-06-30T03:00:00.000Z');
  });

  it('commits a transaction whole or not at all', async () => {
    await db.postgres.query('create table t (n int primary key)');
    await db.postgres.transaction((client) => client.query('insert into t values (1)'));
    const failing = db.postgres.transaction(async (client) => {
      await client.query('insert into t values (2)');
      await client.query('insert into t values (1)');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await db.postgres.query('select n from t')).toEqual([{ n: 1 }]);
  });

  it('ends a statement that takes too long', async () => {
    const hasty = createPostgres({ url: db.url, statementTimeoutMs: 50 });
    await expect(hasty.query('select pg_sleep(5)')).rejects.toThrow('statement timeout');
    await hasty.close();
  });

  it('outlives a connection that ends between two statements, and replaces it', async () => {
    const broken = db.postgres.transaction(async (client) => {
      const { rows } = await client.query('select pg_backend_pid() pid');
      const ended = new Promise((resolve) => client.once('end', resolve));
      await db.postgres.query('select pg_terminate_backend($1)', [rows[0].pid]);
      await ended;
      await client.query('select 1');
    });
    await expect(broken).rejects.toThrow(Unavailable);
    expect(await db.postgres.query('select 1 n')).toEqual([{ n: 1 }]);
  });

  it('says Unavailable while the server is away, and serves again once it is back', async () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), 'cargoro-pg-')), 'data');
    const first = await startPostgresServer({ dataDir });
    const postgres = createPostgres({ url: first.url() });
    await postgres.ping();
    await first.stop();
    await expect(postgres.query('select 1')).rejects.toBeInstanceOf(Unavailable);
    await expect(postgres.transaction(async () => 1)).rejects.toBeInstanceOf(Unavailable);
    const second = await startPostgresServer({ dataDir, port: first.port });
    expect(await postgres.query('select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.close();
    await second.stop();
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  });
});
