import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Actor, type AnyEvent, Invoice, Organization, RepairOrder, Workshop } from '@cargoro/domain';
import { diskFiles } from '@cargoro/infra/files/disk';
import type { Files } from '@cargoro/infra/files/port';
import { createPostgres, type Postgres } from '@cargoro/infra/postgres';
import { type Projections, startProjections } from '@cargoro/projections';
import { invoiceHistory, type ProjectionWorld, projectionWorld, seller, uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHttp } from '../http/app.ts';
import { createReadApi } from '../read-api.ts';

const [repairOrderId, workshopId, customer, lineId, invoiceId] = [1, 2, 3, 4, 5].map(uuid) as [
  string,
  string,
  string,
  string,
  string,
];
const actors: Readonly<Record<string, Actor>> = {
  advisor: { kind: 'user', id: uuid(8_001), orgId: seller, role: 'SERVICE_ADVISOR' },
  owner: { kind: 'user', id: customer, role: 'OWNER' },
  stranger: { kind: 'user', id: uuid(8_002), orgId: uuid(8_003), role: 'WORKSHOP_OWNER' },
};
const line = { lineId, kind: 'labour', name: '소음 점검', qty: 1, hours: 2, rateKrw: 50_000, unitPriceKrw: 0 };
const money = { supplyKrw: 100_000, vatKrw: 10_000, totalKrw: 110_000 };
const visit: readonly AnyEvent[] = [
  {
    type: 'RepairOrderOpened',
    data: {
      ...{ repairOrderId, number: 'RO-1', workshopId, workshopOrgId: seller, vehicleId: uuid(7) },
      ...{ customer: { kind: 'owner', id: customer }, payer: { kind: 'owner', id: customer }, odometerInKm: 10_000 },
      ...{ fuelPct: 50, complaint: '소음', conditionPhotos: [], firstRegisteredOn: '2020-01-01', highVoltage: false },
      vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
      parties: [
        { kind: 'org', id: seller, as: 'workshop' },
        { kind: 'user', id: customer, as: 'customer' },
      ],
    },
  },
  {
    type: 'EstimateDrafted',
    data: {
      ...{ repairOrderId, version: 1, lines: [{ ...line, payer: 'owner', taxable: true }], menuVersion: 1, ...money },
      ...{ validUntil: '2025-07-30', exemptLineIds: [] },
    },
  },
  {
    type: 'LinesApproved',
    data: {
      ...{ repairOrderId, version: 1, lineIds: [lineId], approver: { kind: 'owner', id: customer }, method: 'app' },
      approvedTotalKrw: 110_000,
    },
  },
  { type: 'LineFinished', data: { repairOrderId, lineId, minutes: 40 } },
];
const completed: AnyEvent = {
  type: 'RepairOrderCompleted',
  data: {
    ...{ repairOrderId, odometerOutKm: 10_003, responsibleMechanicId: uuid(9), statementNo: 'ST-1' },
    ...{ statementSha256: 'b'.repeat(64), ...money, finalTotalKrw: 110_000, requestIds: [] },
    warrantyTerms: [{ lineId, untilOn: '2025-08-29' }],
  },
};

let world: ProjectionWorld;
let readers: Postgres;
let projections: Projections;
let api: ReturnType<typeof createReadApi>;
let app: ReturnType<typeof readHttp>;
let folder: string;
let files: Files;
const groups = ['core', 'repair', 'money'];
const orgOf = (name: string): AnyEvent => ({
  type: 'OrganizationRegistered',
  data: { orgId: seller, kind: 'workshop', name, businessNo: '123-45-67890', address: '서울', ownerUserId: uuid(9) },
});
beforeAll(async () => {
  [world, folder] = await Promise.all([projectionWorld(), mkdtemp(join(tmpdir(), 'documents-'))]);
  files = diskFiles(folder);
  readers = createPostgres({ url: world.url, pipeline: true });
  projections = startProjections(world.deps, { groups });
  const { pool, log, vault } = world;
  api = createReadApi({ readers: readers.pool, pool, log, vault });
  const verifySession = async (header: string | undefined) => actors[header ?? ''] ?? null;
  app = readHttp({ readApi: api, pool, log, vault, files, appVersion: '1.0.0', verifySession });
  await world.append(Organization, seller, [orgOf('가온오토케어')]);
  await world.append(Workshop, workshopId, [
    {
      type: 'WorkshopRegistered',
      data: {
        ...{ workshopId, orgId: seller, name: '가온', class: 'specialist', repairRegNo: 'R-1', address: '서울' },
        ...{ phone: '02', geo: { lat: 37.5, lon: 127 }, parties: [{ kind: 'org', id: seller, as: 'workshop' }] },
      },
    },
  ]);
  await world.append(RepairOrder, repairOrderId, visit);
  await world.reached(await world.append(Invoice, invoiceId, invoiceHistory(invoiceId).slice(0, 1)), groups);
});
afterAll(async () => {
  await app.close();
  await api.close();
  await projections.stop();
  await readers.close();
  await world.stop();
  await rm(folder, { recursive: true });
});
const get = (url: string, as = 'advisor') => app.inject({ url, headers: { authorization: as } });
const statement = `/documents/statement/${repairOrderId}.pdf`;
const bill = `/documents/invoice/${invoiceId}.pdf`;
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('documents of records', () => {
  it('are there once the record says so, with the hash of their bytes', async () => {
    expect((await get(statement)).statusCode).toBe(404);
    await world.reached(await world.append(RepairOrder, repairOrderId, [completed]), groups);
    const answer = await get(`${statement}?lang=ko`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="statement-${repairOrderId}.pdf"`,
      'x-cargoro-sha256': hashOf(answer.rawPayload),
      'x-cargoro-revision': '4',
    });
  });

  it('are the same bytes for every party of the record and for nobody else', async () => {
    const [workshop, owner] = [await get(statement), await get(statement, 'owner')];
    expect(owner.rawPayload.equals(workshop.rawPayload)).toBe(true);
    expect((await get(statement, 'stranger')).statusCode).toBe(404);
    expect((await get(bill, 'stranger')).statusCode).toBe(404);
    expect((await get(statement, 'nobody')).statusCode).toBe(401);
  });

  it('stay as they are, whatever happens to the record, the workshop and its organisation later', async () => {
    const before = await get(statement);
    await world.append(RepairOrder, repairOrderId, [
      {
        type: 'VehicleHandedOver',
        data: { repairOrderId, receiver: { kind: 'owner', id: customer }, at: '2025-06-30T09:00:00Z', keyBack: true },
      },
    ]);
    await world.reached(
      await world.append(Workshop, workshopId, [{ type: 'WorkshopOpened', data: { workshopId } }]),
      groups,
    );
    expect((await get(statement)).rawPayload.equals(before.rawPayload)).toBe(true);
    expect((await get(`${statement}?revision=5`)).rawPayload.equals(before.rawPayload)).toBe(true);
    expect((await get(`${statement}?revision=3`)).statusCode).toBe(404);
    expect((await get(`${statement}?revision=6`)).statusCode).toBe(404);
    expect((await get(`${statement}?revision=x`)).statusCode).toBe(400);
  });

  it('of an invoice are a draft until it is issued, and then the document, whatever is paid', async () => {
    const draft = await get(bill);
    const [, issued, ...payments] = invoiceHistory(invoiceId);
    await world.reached(await world.append(Invoice, invoiceId, [issued as AnyEvent]), groups);
    const document = await get(bill);
    expect(document.rawPayload.equals(draft.rawPayload)).toBe(false);
    await world.reached(await world.append(Invoice, invoiceId, payments), groups);
    expect((await get(bill)).rawPayload.equals(document.rawPayload)).toBe(true);
    expect((await get(`${bill}?revision=0`)).rawPayload.equals(draft.rawPayload)).toBe(true);
    expect((await get(`${bill}?lang=en`)).rawPayload.equals(document.rawPayload)).toBe(false);
  });

  it('are given out as they were filed, with their hash checked, and drawn up anew when they are gone', async () => {
    const drawn = await get(`${statement}?lang=ko`);
    expect(drawn.headers['x-cargoro-filed']).toBe('false');
    // Bytes of another release of the drawing, say: what was filed is what counts.
    const filed = Buffer.concat([drawn.rawPayload, Buffer.from('\n')]);
    const { objectId, bytes } = await files.put(Readable.from([filed]), { maxBytes: 1_000_000 });
    const filing = { repairOrderId, documents: [{ locale: 'ko', objectId, sha256: objectId, bytes }] };
    await world.append(RepairOrder, repairOrderId, [{ type: 'StatementFiled', data: filing }]);
    const given = await get(`${statement}?lang=ko`);
    expect(given.rawPayload.equals(filed)).toBe(true);
    expect(given.headers).toMatchObject({ 'x-cargoro-sha256': objectId, 'x-cargoro-filed': 'true' });
    expect((await get(`${statement}?lang=en`)).headers['x-cargoro-filed']).toBe('false');
    const path = join(folder, objectId.slice(0, 2), objectId.slice(2));
    await writeFile(path, drawn.rawPayload);
    expect((await get(`${statement}?lang=ko`)).statusCode).toBe(500);
    await files.remove(objectId);
    const anew = await get(`${statement}?lang=ko`);
    expect(anew.rawPayload.equals(drawn.rawPayload)).toBe(true);
    expect(anew.headers['x-cargoro-filed']).toBe('false');
  });

  it('stand in the OpenAPI document', async () => {
    const { paths } = (await get('/openapi.json')).json();
    expect(paths['/documents/statement/{id}.pdf'].get.responses['200'].content).toHaveProperty(['application/pdf']);
    expect(paths['/documents/invoice/{id}.pdf'].get.parameters.map((one: { name: string }) => one.name)).toEqual([
      'id',
      'lang',
      'revision',
    ]);
  });
});
