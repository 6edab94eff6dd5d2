import { type AnyEvent, AuditCase, Invoice } from '@cargoro/domain';
import { invoiceHistory, seller, uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, readingWorld } from '../testing/reading.ts';
import { type AuditSamples, createAuditSamples } from './samples.ts';

const [caseId, later] = [uuid(700), uuid(701)];
const auditor = as(uuid(702), 'AUDITOR', seller);
const categories = [
  'stock',
  'invoice',
  'purchaseOrder',
  'repairOrder',
  'delivery',
  'fleetLedger',
  'setting',
  'nothing',
];
const audit = (id: string, period: { from: string; to: string }, orgId: string): AnyEvent => ({
  type: 'AuditOpened',
  data: {
    ...{ caseId: id, auditorId: uuid(702), approvedBy: uuid(703), orgIds: [orgId], period, scopes: categories },
    ...{ until: '2025-12-31T00:00:00.000Z', parties: [{ kind: 'user', id: uuid(702), as: 'auditor' }] },
  },
});

let world: Awaited<ReturnType<typeof readingWorld>>;
let samples: AuditSamples;
let now = '2025-07-01T00:00:00.000Z';
const groups = ['core', 'repair', 'money', 'fleet', 'delivery', 'parts', 'admin'];
beforeAll(async () => {
  world = await readingWorld(groups);
  samples = createAuditSamples({ pool: world.world.pool, log: world.world.log, clock: () => now });
  for (let n = 1; n <= 5; n += 1) await world.append(Invoice, uuid(n), invoiceHistory(uuid(n)).slice(0, 1));
  await world.append(Invoice, uuid(6), invoiceHistory(uuid(6)).slice(0, 1), { at: '2025-08-01T00:00:00.000Z' });
  await world.append(AuditCase, caseId, [audit(caseId, { from: '2025-06-01', to: '2025-06-30' }, seller)]);
  await world.reached(
    await world.append(AuditCase, later, [audit(later, { from: '2025-06-01', to: '2025-06-30' }, uuid(704))]),
  );
});
afterAll(() => world?.stop());
const asked = { caseId, category: 'invoice', method: 'random' as const, size: 3, seed: 's' };

describe('a sample of an audit', () => {
  it('is drawn from the streams of its organisations that something happened to in its period', async () => {
    const { population, streams } = await samples.draw(asked, auditor);
    expect([population, streams.length]).toEqual([5, 3]);
    expect(streams.every(({ amountKrw }) => (amountKrw ?? 0) > 0)).toBe(true);
    expect(await samples.draw(asked, auditor)).toEqual({ population, streams });
    expect(await samples.draw({ ...asked, caseId: later }, auditor)).toEqual({ population: 0, streams: [] });
  });

  it('can be drawn of every kind of record that has a worth', async () => {
    const method = 'monetaryUnit';
    for (const category of categories.slice(0, 6))
      expect((await samples.draw({ ...asked, category, method }, auditor)).population).toBe(
        category === 'invoice' ? 5 : 0,
      );
    for (const category of ['setting', 'nothing'])
      await expect(samples.draw({ ...asked, category, method }, auditor)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
  });

  it('is the auditor’s alone, in the scope of the case and while it is open', async () => {
    const refused = (change: Partial<typeof asked>, viewer = auditor) =>
      expect(samples.draw({ ...asked, ...change }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await refused({}, as(uuid(703), 'AUDITOR', seller));
    await refused({ category: 'catalogPart' });
    await refused({ caseId: uuid(705) });
    now = '2026-01-01T00:00:00.000Z';
    await refused({});
  });
});
