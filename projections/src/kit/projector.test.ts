import { Invoice } from '@cargoro/domain';
import { recorded } from '@cargoro/domain/testing';
import type { EventLog } from '@cargoro/infra/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvoiceView, startProjections, verify } from '../index.ts';
import { invoiceHistory, seller, uuid } from '../testing/histories.ts';
import { type ProjectionWorld, projectionWorld, until } from '../testing/world.ts';
import { foldRow } from './fold.ts';
import type { AnyRow } from './types.ts';

let world: ProjectionWorld;
beforeAll(async () => {
  world = await projectionWorld();
});
afterAll(() => world.stop());

const all = ['core', 'repair', 'money', 'admin'];
const rowOf = async (id: string) => (await world.pool.query('select * from rm_invoice where id = $1', [id])).rows[0];

describe('a projector', () => {
  it('writes rows with their checkpoint and announces them', async () => {
    const projections = startProjections(world.deps);
    const id = uuid(1);
    const position = await world.append(Invoice, id, invoiceHistory(id));
    await world.reached(position, all);
    expect(await rowOf(id)).toMatchObject({
      status: 'paid',
      balance_krw: '0',
      revision: '2',
      position: String(position),
    });
    await until(() =>
      world.published.some(({ readModel, position: at }) => readModel === 'rm_invoice' && at === String(position)),
    );
    expect(world.published.find(({ readModel }) => readModel === 'rm_invoice')).toMatchObject({
      key: id,
      parties: [`org:${seller}`, `user:${uuid(9_002)}`],
      scope: { id, sellerOrgId: seller },
    });
    await projections.stop();
  });

  it('applies an event once, however often it starts again', async () => {
    const id = uuid(2);
    const position = await world.append(Invoice, id, invoiceHistory(id, [10_000, 20_000]));
    for (let start = 0; start < 3; start += 1) {
      const projections = startProjections(world.deps, { groups: ['money'] });
      await world.reached(position, ['money']);
      await projections.stop();
    }
    expect((await rowOf(id)).payments).toHaveLength(2);
  });

  it('applies an event once, though it is delivered twice', async () => {
    async function* twice(options: Parameters<EventLog['subscribe']>[0]) {
      for await (const message of world.log.subscribe(options)) yield* [message, message];
    }
    const deps = { ...world.deps, log: { ...world.log, subscribe: twice } };
    const projections = startProjections(deps, { groups: ['money'] });
    const id = uuid(9);
    await world.reached(await world.append(Invoice, id, invoiceHistory(id, [10_000, 20_000])), ['money']);
    expect((await rowOf(id)).payments).toHaveLength(2);
    await projections.stop();
  });

  it('tells who asked for a position while the very batch that reaches it was being written', async () => {
    const projections = startProjections(world.deps, { groups: ['money'] });
    const first = uuid(30);
    await world.reached(await world.append(Invoice, first, invoiceHistory(first)), ['money']);
    const [reader, holder] = [await world.pool.connect(), await world.pool.connect()];
    try {
      const told: string[] = [];
      reader.on('notification', ({ payload = '' }) => told.push(payload));
      await reader.query('listen cargoro_progress');
      // The batch cannot be written while somebody else holds the group's checkpoint.
      await holder.query(`begin; select from projection_checkpoint where name = 'money' for update`);
      const position = await world.append(Invoice, uuid(31), invoiceHistory(uuid(31)).slice(0, 1));
      await until(async () => (await holder.query('select from pg_locks where not granted')).rowCount === 1);
      await reader.query(`select pg_notify('cargoro_wanted', $1)`, [`money ${position}`]);
      await holder.query('commit');
      await expect.poll(() => told).toContain(`money ${position}`);
    } finally {
      reader.release(true);
      holder.release(true);
      await projections.stop();
    }
  });

  it('announces again what a crash left unannounced', async () => {
    world.refuse(true);
    const before = world.published.length;
    const first = startProjections(world.deps, { groups: ['money'] });
    const id = uuid(3);
    const position = await world.append(Invoice, id, invoiceHistory(id));
    await world.reached(position, ['money']);
    await first.stop();
    expect(world.published.length).toBe(before);
    world.refuse(false);
    const second = startProjections(world.deps, { groups: ['money'] });
    await until(() => world.published.some(({ key }) => key === id));
    await second.stop();
  });

  it('lets one copy work and takes over when it ends', async () => {
    const first = startProjections(world.deps, { groups: ['money'] });
    await until(() => first.lag()[0]?.status === 'live');
    const second = startProjections(world.deps, { groups: ['money'] });
    const id = uuid(4);
    await world.reached(await world.append(Invoice, id, invoiceHistory(id).slice(0, 1)), ['money']);
    expect(second.lag()[0]?.status).toBe('standby');
    await first.stop();
    await until(() => second.lag()[0]?.status === 'live');
    await world.reached(await world.append(Invoice, id, invoiceHistory(id).slice(1)), ['money']);
    expect(await rowOf(id)).toMatchObject({ status: 'paid' });
    await second.stop();
  });

  it('stops at an event it cannot fold, keeps what came before, and says where', async () => {
    const sound = uuid(5);
    await world.append(Invoice, sound, invoiceHistory(sound));
    const position = await world.append(Invoice, uuid(6), [{ type: 'InvoiceDrafted', data: { invoiceId: uuid(6) } }]);
    const projections = startProjections(world.deps, { groups: ['money'] });
    await until(() => projections.lag()[0]?.status === 'stopped');
    expect(projections.lag()[0]?.reason).toContain(`position ${position}`);
    expect(await rowOf(sound)).toMatchObject({ status: 'paid' });
    const { rows } = await world.pool.query(`select stopped_position from projection_checkpoint where name = 'money'`);
    expect(rows[0].stopped_position).toBe(String(position));
    await projections.stop();
  });
});

describe('rows', () => {
  it('equal the naive fold of their events, whatever the history', async () => {
    const fresh = await projectionWorld();
    const projections = startProjections(fresh.deps, { groups: ['money'] });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(
            fc.integer({ min: -40_000, max: 60_000 }).filter((x) => x !== 0),
            { maxLength: 8 },
          ),
          { minLength: 1, maxLength: 6 },
        ),
        async (histories) => {
          let position = 0n;
          const expected = new Map<string, AnyRow | undefined>();
          for (const steps of histories) {
            n += 1;
            const id = uuid(n);
            const events = invoiceHistory(id, steps);
            position = await fresh.append(Invoice, id, events);
            expected.set(
              id,
              events.reduce<AnyRow | undefined>(
                (row, event, revision) => foldRow(InvoiceView, row, recorded(`invoice-${id}`, revision, event), id),
                undefined,
              ),
            );
          }
          await fresh.reached(position, ['money']);
          for (const [id, row] of expected) {
            const { rows } = await fresh.pool.query(
              'select payments, balance_krw::int, status from rm_invoice where id = $1',
              [id],
            );
            expect(rows[0]).toEqual({ payments: row?.payments, balance_krw: row?.balanceKrw, status: row?.status });
          }
        },
      ),
      { numRuns: 15 },
    );
    expect((await verify(fresh.deps, { names: ['rm_invoice'] }))[0]).toMatchObject({ differing: 0, rows: n });
    await projections.stop();
    await fresh.stop();
  });
});
