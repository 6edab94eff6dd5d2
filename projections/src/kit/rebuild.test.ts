import { Invoice, UserAccount, Workshop } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuild, startProjections, verify } from '../index.ts';
import { invoiceHistory, uuid } from '../testing/histories.ts';
import { type ProjectionWorld, projectionWorld, until } from '../testing/world.ts';

let world: ProjectionWorld;
let projections: ReturnType<typeof startProjections>;
const all = ['core', 'repair', 'money', 'admin'];
beforeAll(async () => {
  world = await projectionWorld();
  projections = startProjections(world.deps);
});
afterAll(async () => {
  await projections.stop();
  await world.stop();
});

const indexesOf = async (table: string) =>
  (await world.pool.query('select indexname from pg_indexes where tablename = $1 order by 1', [table])).rows.map(
    ({ indexname }) => indexname,
  );

const told = (n: number) => world.published.filter(({ key }) => key === uuid(n));

describe('a rebuild', () => {
  it('fills the table anew beside the live one while events arrive, and loses none', async () => {
    let position = 0n;
    for (let n = 1; n <= 30; n += 1) position = await world.append(Invoice, uuid(n), invoiceHistory(uuid(n), [20_000]));
    await world.reached(position, ['money']);
    const indexes = await indexesOf('rm_invoice');
    await world.pool.query(`update rm_invoice set number = 'forged' where id = $1`, [uuid(7)]);
    const arriving = (async () => {
      for (let n = 31; n <= 60; n += 1)
        position = await world.append(Invoice, uuid(n), invoiceHistory(uuid(n), [5_000, -5_000]));
    })();
    const rebuilt = await rebuild(world.deps, 'rm_invoice', { mostDirty: 10 });
    await arriving;
    await world.reached(position, ['money']);
    expect(rebuilt).toMatchObject({ readModels: ['rm_invoice'], changed: 1 });
    const [verified] = await verify(world.deps, { names: ['rm_invoice'] });
    expect(verified).toMatchObject({ rows: 60, differing: 0 });
    expect(await indexesOf('rm_invoice')).toEqual(indexes);
    // The rebuild's own word of it: the projector's name the organisations too.
    await until(() => told(7).some(({ scope }) => Object.keys(scope).join() === 'id'));
  });

  it('keeps row-level security on the new table', async () => {
    const { rows } = await world.pool.query(
      `select relrowsecurity as secured, (select count(*)::int from pg_policies where tablename = 'rm_invoice') as policies
       from pg_class where relname = 'rm_invoice'`,
    );
    expect(rows[0]).toEqual({ secured: true, policies: 1 });
  });

  it('refuses unknown names and evidence', async () => {
    await expect(rebuild(world.deps, 'rm_nothing')).rejects.toThrow('There is no read model rm_nothing');
    await expect(rebuild(world.deps, 'stream_chain')).rejects.toThrow('evidence');
  });

  it('rebuilds joined read models together', async () => {
    const { readModels } = await rebuild(world.deps, 'rm_ws_board');
    expect(readModels).toContain('rm_ws_order');
    expect(readModels).toContain('rm_ws_person');
  });
});

describe('the proof', () => {
  it('finds no difference in a sound database', async () => {
    expect((await verify(world.deps)).filter(({ differing }) => differing > 0)).toEqual([]);
  });

  it('names an edited row, a missing row and an invented row, with both values', async () => {
    await world.pool.query(`update rm_invoice set balance_krw = 1 where id = $1`, [uuid(1)]);
    await world.pool.query(`delete from rm_invoice where id = $1`, [uuid(2)]);
    await world.pool.query(
      `insert into rm_invoice select (jsonb_populate_record(r, '{"id": "invented"}')).* from rm_invoice r where id = $1`,
      [uuid(3)],
    );
    const [verified] = await verify(world.deps, { names: ['rm_invoice'], mostRows: 7 });
    expect(verified?.differing).toBe(3);
    const found = new Map(verified?.differences.map((one) => [one.id, one]));
    expect(found.get(uuid(1))?.stored?.balanceKrw).toBe(1);
    expect(found.get(uuid(1))?.replayed?.balanceKrw).toBe(90_000);
    expect(found.get(uuid(2))?.stored).toBeNull();
    expect(found.get('invented')?.replayed).toBeNull();
    await rebuild(world.deps, 'rm_invoice');
    expect((await verify(world.deps, { names: ['rm_invoice'] }))[0]?.differing).toBe(0);
  });

  it('names the stream whose history is not what it was', async () => {
    await world.reached(await world.log.end(), all);
    await world.pool.query(`update stream_chain set hash = repeat('0', 64) where id = $1`, [`invoice-${uuid(5)}`]);
    const [chain] = await verify(world.deps, { names: ['stream_chain'] });
    expect(chain?.differences.map(({ id }) => id)).toEqual([`invoice-${uuid(5)}`]);
  });
});

describe('personal data', () => {
  it('is joined by name, follows its change, and is gone after an erasure, which verifies', async () => {
    const [userId, workshopId] = [uuid(500), uuid(501)];
    const person = { kind: 'user', id: userId, as: 'self' };
    await world.append(UserAccount, userId, [
      {
        type: 'UserRegistered',
        data: {
          userId,
          emailHash: 'a'.repeat(64),
          personRef: 'ref-500',
          locale: 'ko',
          person: { name: '김정비' },
          parties: [person],
        },
      },
    ]);
    const enrolled = await world.append(Workshop, workshopId, [
      {
        type: 'WorkshopRegistered',
        data: {
          ...{
            workshopId,
            orgId: uuid(502),
            name: '가온',
            class: 'specialist',
            repairRegNo: 'R-1',
            address: '서울',
            phone: '02',
          },
          ...{ geo: { lat: 37.5, lon: 127 }, parties: [{ kind: 'org', id: uuid(502), as: 'workshop' }] },
        },
      },
      { type: 'TechnicianEnrolled', data: { workshopId, userId, grade: 'A', skills: ['brake'], evCertified: true } },
    ]);
    await world.reached(enrolled, ['repair', 'core']);
    const technician = async () =>
      (await world.pool.query('select name, party_keys, skills from rm_ws_technician where user_id = $1', [userId]))
        .rows[0];
    expect(await technician()).toEqual({
      name: '김정비',
      party_keys: [`org:${uuid(502)}`, `user:${userId}`],
      skills: ['brake'],
    });
    await world.vault.destroy('ref-500');
    const erased = await world.append(UserAccount, userId, [
      {
        type: 'UserErased',
        data: { userId, requestId: uuid(503), personRef: 'ref-500', keyDestroyedAt: '2025-07-01T00:00:00.000Z' },
      },
    ]);
    await world.reached(erased, all);
    expect(await technician()).toMatchObject({ name: null });
    const verified = await verify(world.deps, {
      names: ['rm_user', 'rm_ws_person', 'rm_ws_technician', 'rm_event_index'],
    });
    expect(verified.map(({ differing }) => differing)).toEqual([0, 0, 0, 0]);
  });
});
