import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Invoice, RepairOrder, UserAccount } from '@cargoro/domain';
import { diskFiles } from '@cargoro/infra/files/disk';
import type { Files } from '@cargoro/infra/files/port';
import { createLogger } from '@cargoro/infra/logger';
import { Unavailable } from '@cargoro/infra/ports';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recording } from '../../test/recording.ts';
import { startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { CommandError, type Commands } from '../types.ts';
import { type Filing, type FilingDeps, goneDocuments, startFiling } from './filing.ts';

let world: TestWorld;
let database: TestPostgres;
let folder: string;
let files: Files;
let started: Filing[] = [];
beforeAll(async () => {
  [world, database, folder] = await Promise.all([startWorld(), testPostgres(), mkdtemp(join(tmpdir(), 'filing-'))]);
  files = diskFiles(folder);
  await migrateCommands(database.postgres);
});
afterEach(async () => {
  await Promise.all(started.map((filing) => filing.stop()));
  started = [];
});
afterAll(async () => {
  await world?.stop();
  await database?.stop();
  await rm(folder, { recursive: true });
});

/** A page that says which document it is, and names one person. */
const draw: FilingDeps['draw'] = async (kind, id, event, locale) => ({
  bytes: Buffer.from(`${kind} ${id} at ${event.revision} in ${locale}`),
  people: [`person of ${id}`],
});
const start = (change: Partial<FilingDeps> = {}): Filing => {
  const { log } = world;
  const deps = { log, commands: world.node(), postgres: database.postgres, files, draw, ...change };
  const filing = startFiling({ ...deps, logger: createLogger({ level: 'silent' }) });
  started.push(filing);
  return filing;
};
const [org, owner] = [randomUUID(), randomUUID()];
const money = { supplyKrw: 10_000, vatKrw: 1_000, totalKrw: 11_000 };
const payer = { kind: 'owner', id: owner };
const opened = {
  ...{ number: 'RO-1', workshopId: randomUUID(), workshopOrgId: org, vehicleId: randomUUID(), odometerInKm: 10_000 },
  ...{ customer: payer, payer, fuelPct: 50, complaint: '소음', conditionPhotos: [], firstRegisteredOn: '2020-01-01' },
  ...{
    highVoltage: false,
    vehicle: { plate: '12가3456', make: '현대', model: '쏘나타', modelYear: 2020 },
    parties: [],
  },
};
const completed = {
  ...{
    odometerOutKm: 10_003,
    responsibleMechanicId: randomUUID(),
    statementNo: 'ST-1',
    statementSha256: 'b'.repeat(64),
  },
  ...{ ...money, finalTotalKrw: 11_000, requestIds: [], warrantyTerms: [] },
};
const drafted = {
  ...{ sellerOrgId: org, payer, source: { kind: 'contract', id: org }, ...money, parties: [] },
  lines: [{ lineId: randomUUID(), text: '점검', supplyKrw: 10_000, taxable: true }],
};
const issuing = {
  ...{ number: 'INV-1', documentKind: 'cardSlip', issuedOn: '2025-06-30', dueOn: '2025-06-30' },
  sha256: 'a'.repeat(64),
};
const issued = async () => {
  const invoiceId = randomUUID();
  const position = await recording(world)(
    Invoice,
    invoiceId,
    ['InvoiceDrafted', { invoiceId, ...drafted }],
    ['InvoiceIssued', { invoiceId, ...issuing }],
  );
  return { invoiceId, position };
};
type Filed = { readonly documents: readonly { readonly locale: string; readonly objectId: string }[] };
const filedIn = async (stream: string) =>
  (await world.log.read(stream)).filter(({ type }) => type.endsWith('Filed')).map(({ data }) => data as Filed);
const deadLetters = () =>
  database.postgres.query<{ type: string }>(`select type from process_dead_letter where process = 'documents'`);

describe('a document that was settled', () => {
  it('is drawn in both languages, kept under its hash, and the hash stands in the record', async () => {
    const { invoiceId, position } = await issued();
    await start().passed(position);
    const [filed] = await filedIn(`invoice-${invoiceId}`);
    expect(filed?.documents.map(({ locale }) => locale)).toEqual(['ko', 'en']);
    for (const { locale, objectId } of filed?.documents ?? []) {
      const content = await buffer((await files.get(objectId))!.content);
      expect(content.toString()).toBe(`invoice ${invoiceId} at 1 in ${locale}`);
      expect(createHash('sha256').update(content).digest('hex')).toBe(objectId);
    }
  });

  it('is so of a repair order when it is completed', async () => {
    const repairOrderId = randomUUID();
    const position = await recording(world)(
      RepairOrder,
      repairOrderId,
      ['RepairOrderOpened', { repairOrderId, ...opened }],
      ['RepairOrderCompleted', { repairOrderId, ...completed }],
    );
    await start().passed(position);
    expect(await filedIn(`repairOrder-${repairOrderId}`)).toHaveLength(1);
  });

  it('is filed once, though everything is read again and two processes are at it', async () => {
    const { invoiceId, position } = await issued();
    await start().passed(position);
    await started[0]?.stop();
    await database.postgres.query('delete from process_checkpoint');
    const [one, two] = [start(), start()];
    await Promise.race([one.passed(position), two.passed(position)]);
    expect(await filedIn(`invoice-${invoiceId}`)).toHaveLength(1);
    expect(await deadLetters()).toEqual([]);
  });

  it('is filed after a part was away, and after an answer was lost', async () => {
    const { invoiceId, position } = await issued();
    const real = world.node();
    let [full, blind, lost] = [1, 1, 1];
    const commands: Commands = {
      ...real,
      dispatch: async (request) => {
        const outcome = await real.dispatch(request);
        if (lost-- > 0) throw new CommandError('UNAVAILABLE', 'lost');
        return outcome;
      },
    };
    const shaky: Files = {
      ...files,
      put: async (...args) => {
        if (full-- > 0) throw new Unavailable('files', 'away');
        return files.put(...args);
      },
    };
    const blinking: FilingDeps['draw'] = async (...args) => {
      if (blind-- > 0) throw new Unavailable('eventstore', 'away');
      return draw(...args);
    };
    await start({ commands, files: shaky, draw: blinking }).passed(position);
    expect(await filedIn(`invoice-${invoiceId}`)).toHaveLength(1);
    expect([full, blind, lost].every((left) => left < 0)).toBe(true);
  });

  it('holds up no other when it cannot be drawn', async () => {
    const [broken, next] = [await issued(), await issued()];
    const failing: FilingDeps['draw'] = async (kind, id, ...rest) => {
      if (id === broken.invoiceId) throw new Error('a name is missing');
      return draw(kind, id, ...rest);
    };
    await start({ draw: failing }).passed(next.position);
    expect(await filedIn(`invoice-${broken.invoiceId}`)).toEqual([]);
    expect(await filedIn(`invoice-${next.invoiceId}`)).toHaveLength(1);
    expect(await deadLetters()).toEqual([{ type: 'FileInvoice' }]);
  });

  it('goes when a person it names is erased, and no other does', async () => {
    const [gone, stays] = [await issued(), await issued()];
    const userId = `person of ${gone.invoiceId}`;
    const erased = await recording(world)(UserAccount, userId, [
      'UserErased',
      { userId, requestId: randomUUID(), keyDestroyedAt: world.clock() },
    ]);
    await start().passed(erased);
    const kept = async ({ invoiceId }: { readonly invoiceId: string }) => {
      const [filed] = await filedIn(`invoice-${invoiceId}`);
      return Promise.all((filed?.documents ?? []).map(({ objectId }) => files.exists(objectId)));
    };
    expect([await kept(gone), await kept(stays)]).toEqual([
      [false, false],
      [true, true],
    ]);
    const [filed] = await filedIn(`invoice-${gone.invoiceId}`);
    expect([...(await goneDocuments(database.postgres))]).toEqual(filed?.documents.map(({ objectId }) => objectId));
  });
});
