import { Invoice, type Role } from '@cargoro/domain';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { InvoiceView, type Projections, readModels, startProjections } from '@cargoro/projections';
import { upsert } from '@cargoro/projections/kit';
import {
  invoiceHistory,
  type ProjectionWorld,
  payer,
  projectionWorld,
  seller,
  uuid,
} from '@cargoro/projections/testing';
import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type filtered, RecordFilter } from './define.ts';
import { parsed } from './errors.ts';
import { queries, subscriptions, viewerOf } from './index.ts';
import { createReadApi } from './read-api.ts';
import type { QueryDef, Viewer } from './types.ts';

let world: ProjectionWorld;
let readers: Postgres;
let projections: Projections;
let api: ReturnType<typeof createReadApi>;
const count = 57;
beforeAll(async () => {
  world = await projectionWorld();
  readers = createPostgres({ url: world.url, pipeline: true });
  projections = startProjections(world.deps);
  api = createReadApi({ readers: readers.pool, pool: world.pool, log: world.log, vault: world.vault });
  let position = 0n;
  for (let n = 1; n <= count; n += 1)
    position = await world.append(Invoice, uuid(n), invoiceHistory(uuid(n), n % 2 ? [20_000] : []), {
      at: `2025-06-${String((n % 5) + 10)}T01:00:00.000Z`,
    });
  await world.reached(position, ['money', 'admin', 'core', 'repair']);
});
afterAll(async () => {
  await api.close();
  await projections.stop();
  await readers.close();
  await world.stop();
});

const as = (id: string, orgId: string | undefined, role: Role): Viewer =>
  viewerOf({ kind: 'user', id, role, ...(orgId ? { orgId } : {}) });
const accountant = as(uuid(8_001), seller, 'WORKSHOP_ACCOUNTANT');
const stranger = as(uuid(8_002), uuid(8_003), 'WORKSHOP_OWNER');
const named = (name: string): QueryDef => queries.find((def) => def.name === name)!;
const invoices = named('invoices');

describe('a list', () => {
  it('comes page by page, complete and without doubles, while it grows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), async (first) => {
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const page = await api.page(invoices, {}, { first, after }, accountant);
          seen.push(...page.rows.map(({ id }) => id));
          after = page.hasNextPage ? page.endCursor : null;
        } while (after);
        expect(new Set(seen).size).toBe(seen.length);
        for (let n = 1; n <= count; n += 1) expect(seen).toContain(uuid(n));
      }),
      { numRuns: 6 },
    );
    const [first, second] = await Promise.all([
      api.page(invoices, {}, { first: 10, after: null }, accountant),
      world.append(Invoice, uuid(700), invoiceHistory(uuid(700)), { at: '2025-06-30T01:00:00.000Z' }),
    ]);
    await world.reached(second, ['money']);
    const next = await api.page(invoices, {}, { first: 100, after: first.endCursor }, accountant);
    expect(next.rows.map(({ id }) => id)).not.toContain(uuid(700));
    // Whether the new one made it onto the first page is a matter of speed; the others are all there once.
    const others = [...first.rows, ...next.rows].filter(({ id }) => id !== uuid(700));
    expect(others).toHaveLength(count);
  });

  it('is counted as its filter and its viewer have it', async () => {
    expect(await api.count(invoices, { filter: { status: ['partlyPaid'] } }, accountant)).toBe(29);
    expect(await api.count(invoices, {}, { ...accountant, partyKeys: ['org:nobody'] })).toBe(0);
    await expect(api.count(invoices, { filter: { status: 7 } }, accountant)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('is narrowed by its filter', async () => {
    const list = (filter: object) => api.page(invoices, { filter }, { first: 100, after: null }, accountant);
    expect((await list({ status: ['partlyPaid'] })).rows).toHaveLength(29);
    expect((await list({ text: 'inv-1' })).rows.length).toBeGreaterThanOrEqual(count);
    expect((await list({ text: '%' })).rows).toHaveLength(0);
    expect((await list({ from: '2025-06-14T00:00:00Z', to: '2025-06-15T00:00:00Z' })).rows).toHaveLength(11);
    expect((await list({ partyOrgId: uuid(8_003) })).rows).toHaveLength(0);
  });

  it('names the argument that is wrong', async () => {
    const wrong = (args: Record<string, unknown>, first = 10, after: string | null = null) =>
      api.page(invoices, args, { first, after }, accountant);
    await expect(wrong({ filter: { from: '0000-01-01T00:00:00Z' } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'filter.from' }],
    });
    await expect(wrong({}, 10_000)).rejects.toMatchObject({ fields: [{ path: 'first' }] });
    await expect(wrong({}, 10, 'not-a-cursor')).rejects.toMatchObject({ fields: [{ path: 'after' }] });
  });
});

const argsOf: Readonly<Record<string, Record<string, unknown>>> = {
  workshopBoard: { workshopId: uuid(1) },
  bayTimeline: { workshopId: uuid(1), day: '2025-06-30' },
  technicians: { workshopId: uuid(1) },
  freeSlots: { workshopId: uuid(1), days: ['2025-06-30'] },
  maintenancePlan: { vehicleId: uuid(1) },
  budgetBurn: { year: 2025 },
  businessUse: { year: 2025 },
  tripLog: { vehicleId: uuid(1), month: '202506' },
  tripLogExport: { vehicleId: uuid(1), year: 2025 },
  policyAt: { orgId: uuid(1), time: '2025-06-30T00:00:00Z' },
  driverHome: {},
  fleetLedger: { contractId: uuid(1), year: 2025 },
  vehicleHistory: { id: uuid(1) },
  correlation: { id: uuid(1) },
  settingAt: { key: 'x', time: '2025-06-30T00:00:00Z' },
};
/** A stranger in a role that may ask. */
const inRole = ({ roles }: { roles?: readonly Role[] }): Viewer =>
  roles ? { ...stranger, actor: { ...stranger.actor, role: roles[0]! } } : stranger;

describe('the filter of every list', () => {
  const lists = queries.filter(({ shape }) => shape === 'connection').map((def) => [def.name, def] as const);
  const one: Readonly<Record<keyof RecordFilter, RecordFilter>> = {
    ...{ status: { status: ['open'] }, text: { text: 'x' }, partyOrgId: { partyOrgId: uuid(1) } },
    ...{ from: { from: '2025-06-01T00:00:00Z' }, to: { to: '2025-06-01T00:00:00Z' } },
  };
  /** Free time is neither in a state nor has it words. */
  const refused: Readonly<Record<string, readonly string[]>> = { freeSlots: ['status', 'text'] };

  it.each(lists)('is the same and says something: %s', async (name, def) => {
    expect(Object.keys((def.args.shape.filter as typeof filtered.shape.filter).unwrap().shape)).toEqual(
      expect.arrayContaining(Object.keys(RecordFilter.shape)),
    );
    const args = argsOf[name] ?? {};
    const asked = (filter?: RecordFilter) =>
      api.page(def, { ...args, ...(filter && { filter }) }, { first: 1, after: null }, inRole(def));
    const { sql: plain } = conditionOf(def, args);
    for (const [field, filter] of Object.entries(one)) {
      if (refused[name]?.includes(field)) {
        await expect(asked(filter)).rejects.toMatchObject({ fields: [{ path: `filter.${field}` }] });
        continue;
      }
      await asked(filter);
      // Days without a booking have no row: their list looks at whose they are itself.
      if (name !== 'freeSlots' || field !== 'partyOrgId')
        expect([field, conditionOf(def, { ...args, filter }).sql]).not.toEqual([field, plain]);
    }
  });
  const conditionOf = (def: QueryDef, args: Record<string, unknown>) =>
    new PgDialect().sqlToQuery(sql`${def.where(parsed(def.args, args), inRole(def))}`);

  it('finds a day, a month and a year by the calendar of Seoul', () => {
    const range = { from: '2025-06-30T15:00:00Z', to: '2025-07-31T15:00:00Z' };
    const bounds = (name: string) =>
      conditionOf(named(name), { ...argsOf[name], filter: range }).params.filter(
        (value) => /^2025-?07/.test(String(value)) || value === 2025,
      );
    expect(bounds('costs')).toEqual(['2025-07-01', '2025-07-31']);
    expect(bounds('tripLogExport')).toEqual([2025, '202507', '202507']);
    expect(bounds('budgetBurn')).toEqual([2025, 2025, 2025]);
  });
});

describe('tenancy', () => {
  /** One row of somebody else in every table, so that no answer is empty by accident. */
  beforeAll(async () => {
    const sample = { text: uuid(1), int: 1, money: 1, float: 1, bool: true, json: [], texts: [], long: '1' };
    const moments = { moment: '2025-06-30T01:00:00.000Z', day: '2025-06-30' };
    for (const model of readModels) {
      const row = Object.fromEntries(model.columns.map(({ name, kind }) => [name, { ...sample, ...moments }[kind]]));
      const keys = model.open ? [] : [`org:${uuid(7_777)}`];
      await world.pool.query(upsert(model, 1, 'where true'), [
        JSON.stringify([{ ...row, id: uuid(70_007), partyKeys: keys }]),
      ]);
    }
  });
  const owner = as(uuid(7), uuid(7_777), 'WORKSHOP_OWNER');
  it('shows the samples to their owner, so that hiding them means something', async () => {
    for (const model of readModels.filter(({ tenancy, open }) => !tenancy && !open))
      expect([model.name, (await api.byKeys(model, [uuid(70_007)], owner)).size]).toEqual([model.name, 1]);
  });

  it.each(queries.map((def) => [def.name, def] as const))('hides other people’s rows: %s', async (name, def) => {
    const args = argsOf[name] ?? (def.shape === 'one' || name === 'correlation' ? { id: uuid(1) } : {});
    const viewer = inRole(def);
    if (def.shape === 'one') {
      expect(await api.one(def, args, viewer)).toBeNull();
      if ('id' in def.args.shape) expect(await api.one(def, { id: uuid(70_007) }, viewer)).toBeNull();
    } else expect((await api.page(def, args, { first: 50, after: null }, viewer)).rows).toEqual([]);
  });

  it.each(subscriptions.map((def) => [def.name, def] as const))(
    'tells nobody of what they may not see: %s',
    async (_name, def) => {
      const ids = { id: uuid(1), workshopId: uuid(1), vehicleId: uuid(1), warehouseId: uuid(1), key: 'x' };
      const args = { ...ids, orgId: seller, day: '2025-06-30' };
      expect(await api.changedSince(def, args, 0n, inRole(def))).toEqual([]);
    },
  );

  it('covers history, the past and keys', async () => {
    expect(await api.byKeys(InvoiceView, [uuid(1)], stranger)).toEqual(new Map());
    expect((await api.history(InvoiceView, uuid(1), { first: 10, after: null }, stranger)).entries).toEqual([]);
    expect(await api.asOf(InvoiceView, uuid(1), { revision: '0' }, stranger)).toBeNull();
  });

  it('asks a live query for a role that may ask the query of the same rows', () => {
    for (const { name, readModel, roles } of subscriptions) {
      const asked = queries.filter((def) => def.readModel === readModel).map((def) => def.roles);
      if (asked.length > 0) expect([name, asked]).toEqual([name, expect.arrayContaining([roles])]);
    }
  });

  it('asks for the role a query names', async () => {
    await expect(
      api.page(named('apiKeys'), {}, { first: 1, after: null }, as('u', undefined, 'OWNER')),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('stands in Postgres as well: without keys the reader’s role sees nothing', async () => {
    const client = await world.pool.connect();
    await client.query('set role cargoro_reader');
    const rows = async (keys: string) => {
      await client.query(`select set_config('cargoro.party_keys', $1, false)`, [keys]);
      return (await client.query('select count(*)::int as n from rm_invoice')).rows[0].n;
    };
    onTestFinished(() => client.release(true));
    expect((await client.query('select count(*)::int as n from rm_invoice')).rows[0].n).toBe(0);
    expect(await rows('')).toBe(0);
    expect(await rows(`org:${seller}`)).toBe(count + 1);
    expect(await rows(`user:${payer}`)).toBe(count + 1);
    await expect(client.query('update rm_invoice set number = null')).rejects.toThrow('permission denied');
  });

  it('lets both sides of a document see it', async () => {
    expect(await api.one(named('invoice'), { id: uuid(1) }, as(payer, undefined, 'OWNER'))).toMatchObject({
      id: uuid(1),
    });
  });
});

describe('time', () => {
  it('waits for a position by push, and gives up in time', async () => {
    const position = await world.append(Invoice, uuid(800), invoiceHistory(uuid(800)));
    expect(await api.waitFor(InvoiceView, position, 2_000)).toBe(true);
    expect(await api.one(named('invoice'), { id: uuid(800) }, accountant)).toMatchObject({ status: 'paid' });
    const started = Date.now();
    expect(await api.waitFor(InvoiceView, position + 1_000_000_000n, 50)).toBe(false);
    expect(Date.now() - started).toBeLessThan(1_500);
  });

  it('waits for positions that are none of its business too', async () => {
    const position = await world.append(Invoice, uuid(801), invoiceHistory(uuid(801)));
    expect(await api.waitFor(named('organizations').readModel, position, 2_000)).toBe(true);
  });

  it('shows a record as it was, on each of the axes, and what changed', async () => {
    const first = await api.asOf(InvoiceView, uuid(1), { revision: '0' }, accountant);
    expect(first).toMatchObject({ status: 'draft', balanceKrw: 110_000, revision: '0' });
    const now = await api.one(named('invoice'), { id: uuid(1) }, accountant);
    expect(await api.asOf(InvoiceView, uuid(1), { revision: '2' }, accountant)).toEqual(now);
    expect(await api.asOf(InvoiceView, uuid(1), { recordedAt: '2020-01-01T00:00:00Z' }, accountant)).toBeNull();
    expect(await api.asOf(InvoiceView, uuid(1), { occurredAt: '2025-06-30T00:00:00Z' }, accountant)).toMatchObject({
      status: 'partlyPaid',
    });
    const changes = await api.diff(InvoiceView, uuid(1), { revision: '1' }, { revision: '2' }, accountant);
    expect(changes.find(({ path }) => path === 'status')).toEqual({
      path: 'status',
      before: 'issued',
      after: 'partlyPaid',
    });
    expect(changes.map(({ path }) => path)).toContain('balanceKrw');
    await expect(api.asOf(InvoiceView, uuid(1), {}, accountant)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('pages through the history', async () => {
    const one = await api.history(InvoiceView, uuid(1), { first: 2, after: null }, accountant);
    expect(one).toMatchObject({ hasNextPage: true, endCursor: '1' });
    const two = await api.history(InvoiceView, uuid(1), { first: 2, after: one.endCursor }, accountant);
    expect([...one.entries, ...two.entries].map(({ type }) => type)).toEqual([
      'InvoiceDrafted',
      'InvoiceIssued',
      'PaymentRecorded',
    ]);
  });

  it('tells the organisation that pays what became of its invoices, as it tells the one that sells', async () => {
    const fleet = uuid(8_010);
    const [drafted, ...rest] = invoiceHistory(uuid(710));
    const parties = [
      { kind: 'org', id: seller, as: 'seller' },
      { kind: 'org', id: fleet, as: 'payer' },
    ];
    const data = { ...drafted!.data, payer: { kind: 'fleet', id: fleet }, parties };
    const position = await world.append(Invoice, uuid(710), [{ type: 'InvoiceDrafted', data }, ...rest]);
    await world.reached(position, ['money', 'admin']);
    const def = subscriptions.find(({ name }) => name === 'invoiceChanged')!;
    const told = async (viewer: Viewer, orgId: string) =>
      (await api.changedSince(def, { orgId }, 0n, viewer)).map(({ id }) => id);
    expect(await told(as(uuid(8_011), fleet, 'FLEET_ACCOUNTANT'), fleet)).toEqual([uuid(710)]);
    expect(await told(accountant, fleet)).toEqual([uuid(710)]);
    expect(await told(stranger, fleet)).toEqual([]);
  });

  it('tells what was missed since a position, in its order', async () => {
    const def = subscriptions.find(({ name }) => name === 'invoiceChanged')!;
    const all = await api.changedSince(def, { orgId: seller }, 0n, accountant);
    expect(all.length).toBeGreaterThan(count);
    const half = all[Math.floor(all.length / 2)]!;
    const rest = await api.changedSince(def, { orgId: seller }, BigInt(half.position), accountant);
    expect(rest.map(({ id }) => id)).toEqual(
      all.filter(({ position }) => BigInt(position) > BigInt(half.position)).map(({ id }) => id),
    );
  });
});
