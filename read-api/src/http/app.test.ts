import { createHash } from 'node:crypto';
import { type Actor, AuditCase, Invoice, Organization } from '@cargoro/domain';
import { diskFiles } from '@cargoro/infra/files/disk';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { type Projections, startProjections } from '@cargoro/projections';
import { invoiceHistory, type ProjectionWorld, projectionWorld, seller, uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordExport } from '../audit/exports.ts';
import { createReadApi } from '../read-api.ts';
import { readHttp } from './app.ts';
import { csvField } from './exports.ts';

const actors: Readonly<Record<string, Actor>> = {
  accountant: { kind: 'user', id: uuid(8_001), orgId: seller, role: 'WORKSHOP_ACCOUNTANT' },
  stranger: { kind: 'user', id: uuid(8_002), orgId: uuid(8_003), role: 'WORKSHOP_ACCOUNTANT' },
  auditor: { kind: 'user', id: uuid(8_004), orgId: uuid(8_005), role: 'PLATFORM_AUDITOR' },
  ownAuditor: { kind: 'user', id: uuid(8_006), orgId: seller, role: 'AUDITOR' },
  support: { kind: 'user', id: uuid(8_007), orgId: uuid(8_005), role: 'PLATFORM_SUPPORT' },
};
const [caseId, elsewhere] = [uuid(8_100), uuid(8_101)];
const [inAYear, period] = [new Date(Date.now() + 3e10).toISOString(), { from: '2025-01-01', to: '2025-12-31' }];
const audit = (id: string, scopes: readonly string[]) => ({
  type: 'AuditOpened',
  data: {
    ...{ caseId: id, auditorId: uuid(8_006), orgIds: [seller], period, scopes, until: inAYear, approvedBy: uuid(1) },
    parties: [{ kind: 'user', id: uuid(8_006), as: 'auditor' }],
  },
});
const recorded: Parameters<RecordExport>[] = [];
const readings: Readonly<Record<string, unknown>>[] = [];
let recording: () => Promise<void> = async () => undefined;
const count = 430;
let world: ProjectionWorld;
let readers: Postgres;
let projections: Projections;
let api: ReturnType<typeof createReadApi>;
let app: ReturnType<typeof readHttp>;
beforeAll(async () => {
  world = await projectionWorld();
  readers = createPostgres({ url: world.url, pipeline: true });
  projections = startProjections(world.deps);
  const { pool, log, vault } = world;
  api = createReadApi({ readers: readers.pool, pool, log, vault });
  const verifySession = async (header: string | undefined) => actors[header ?? ''] ?? null;
  app = readHttp({
    ...{ readApi: api, pool, log, vault, files: diskFiles('none'), appVersion: '1.0.0', verifySession },
    recordExport: async (...exported) => {
      await recording();
      recorded.push(exported);
    },
    onBreakGlass: (reading) => readings.push(reading),
  });
  await world.append(AuditCase, caseId, [
    audit(caseId, ['invoice']),
    { type: 'BreakGlassRequested', data: { caseId, by: uuid(8_007), orgId: seller, reason: '장애', minutes: 60 } },
    {
      type: 'BreakGlassApproved',
      data: { caseId, by: uuid(1), orgId: seller, requestedBy: uuid(8_007), until: inAYear },
    },
  ]);
  await world.append(AuditCase, elsewhere, [audit(elsewhere, ['stock'])]);
  const garage = { orgId: seller, kind: 'workshop', name: '가온', businessNo: '124-81-00998', address: '서울' };
  await world.append(Organization, seller, [
    {
      type: 'OrganizationRegistered',
      data: { ...garage, ownerUserId: uuid(1), parties: [{ kind: 'org', id: seller, as: 'self' }] },
    },
  ]);
  let position = 0n;
  for (let n = 1; n <= count; n += 1)
    position = await world.append(Invoice, uuid(n), invoiceHistory(uuid(n)).slice(0, 1));
  await world.reached(position, ['money', 'admin', 'core', 'repair']);
});
afterAll(async () => {
  await app.close();
  await api.close();
  await projections.stop();
  await readers.close();
  await world.stop();
});
const get = (url: string, as = 'accountant') => app.inject({ url, headers: { authorization: as } });
const record = `/records/rm_invoice/${uuid(1)}`;

describe('the HTTP API for analysts and auditors', () => {
  it('describes itself', async () => {
    const { paths } = (await get('/openapi.json')).json();
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/records/{readModel}/{id}/as-of', '/exports/{query}', '/verify']),
    );
  });

  it('answers a record, its history, its past and what changed', async () => {
    expect((await get(record)).json()).toMatchObject({ id: uuid(1), status: 'draft' });
    expect((await get(`${record}/history`)).json().entries).toHaveLength(1);
    expect((await get(`${record}/as-of?revision=0`)).json()).toMatchObject({ revision: '0' });
    expect((await get(`${record}/diff?fromRecordedAt=2020-01-01T00:00:00Z&toRevision=0`)).json().changes).not.toEqual(
      [],
    );
    expect((await get(`/events?stream=invoice-${uuid(1)}`)).json().rows).toHaveLength(1);
  });

  it('refuses what is not asked rightly, or not by the right one, and says why', async () => {
    expect((await get(record, 'nobody')).statusCode).toBe(401);
    expect((await get(record, 'stranger')).statusCode).toBe(404);
    expect((await get('/records/rm_nothing/1')).json().error.code).toBe('NOT_FOUND');
    expect((await get(`${record}/as-of`)).json().error).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await get(`${record}/history?first=9999`)).json().error.fields).toMatchObject([{ path: 'first' }]);
    expect((await get('/verify')).statusCode).toBe(403);
  });

  it('streams a whole list as CSV and JSON lines, and only one’s own', async () => {
    const csv = await get('/exports/invoices');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.trim().split('\r\n')).toHaveLength(count + 1);
    const lines = (await get('/exports/invoices?format=jsonl')).body.trim().split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(count);
    expect((await get('/exports/invoices?format=jsonl', 'stranger')).body).toBe('');
    expect((await get('/exports/invoices?args=nonsense')).statusCode).toBe(400);
  });

  it('takes an auditor’s export for evidence within the scope of their case, and records it there', async () => {
    const list = '/exports/invoices?format=jsonl';
    for (const other of [`${list}&caseId=${elsewhere}`, `${list}&caseId=${uuid(1)}`, `/exports/stock?caseId=${caseId}`])
      expect((await get(other, 'ownAuditor')).statusCode).toBe(403);
    expect((await get(`${list}&caseId=${caseId}`, 'auditor')).statusCode).toBe(403);
    expect(recorded).toEqual([]);
    const answer = await get(`${list}&caseId=${caseId}`, 'ownAuditor');
    const sha256 = createHash('sha256').update(answer.body).digest('hex');
    const exportId = answer.headers['x-cargoro-export'];
    const exported = { caseId, exportId, query: 'invoices {}', streamCategory: 'invoice', rows: count, sha256 };
    expect(recorded).toEqual([[exported, actors.ownAuditor]]);
  });

  it('breaks an export off before its end when it cannot be recorded', async () => {
    recording = async () => {
      throw new Error('The store is away');
    };
    const url = `/exports/invoices?format=jsonl&caseId=${caseId}`;
    const broken = await get(url, 'ownAuditor').then(
      ({ body }) => body.split('\n').length,
      () => 0,
    );
    expect(broken).toBeLessThan(count);
  });

  it('is open to staff by an approved emergency access, which is told', async () => {
    const under = (url: string, as: string, of = caseId) =>
      app.inject({ url, headers: { authorization: as, 'x-cargoro-break-glass': of } });
    expect((await get(record, 'support')).statusCode).toBe(404);
    expect((await under(record, 'support')).json()).toMatchObject({ id: uuid(1) });
    expect([
      (await under(record, 'support', elsewhere)).statusCode,
      (await under(record, 'auditor')).statusCode,
    ]).toEqual([403, 403]);
    const route = '/records/{readModel}/{id}';
    expect(readings).toMatchObject([{ caseId, userId: uuid(8_007), orgId: seller, route, params: { id: uuid(1) } }]);
  });

  it('proves one row, and every table', async () => {
    expect((await get(`${record}/prove`)).json()).toMatchObject({ equal: true });
    expect((await get('/verify', 'auditor')).json()).toMatchObject({ equal: true });
    await world.pool.query(`update rm_invoice set total_krw = 1 where id = $1`, [uuid(1)]);
    expect((await get(`${record}/prove`)).json()).toMatchObject({ equal: false });
    const { readModels } = (await get('/verify?readModel=rm_invoice', 'auditor')).json();
    expect(readModels).toMatchObject([{ differing: 1, keys: [uuid(1)] }]);
  });

  it('writes fields that a spreadsheet does not run', () => {
    expect([null, 'a,b', 'say "hi"', '=1+1', -5, { a: 1 }].map(csvField)).toEqual([
      '',
      '"a,b"',
      '"say ""hi"""',
      "'=1+1",
      '-5',
      '"{""a"":1}"',
    ]);
  });
});
