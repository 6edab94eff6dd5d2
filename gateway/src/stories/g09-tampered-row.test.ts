import { plusDays } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import { dayOf, found, openWorkshop, registerCar, signUp } from './kit/founding.ts';
import { labour } from './kit/repairing.ts';
import { billOwner, complete, doWork, takeIn } from './kit/visit.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g09');
});
afterAll(() => world?.stop());

const lines = [labour('PADF', 'owner')];
const caseId = idOf('audit');

describe('G9, the edited row', () => {
  it('is named by the verification, healed by a rebuild, and the log never changed', async () => {
    const { as } = world;
    const [kim, auditor, admin] = [as(people.kim), as(people.platformAuditor), as(people.admin)];
    await signUp(world, people.kim);
    await found(world, orgs.garage, [people.owner, people.advisor, people.technician, people.lead, people.cashier]);
    await openWorkshop(world, [people.technician, people.lead]);
    const vehicleId = await registerCar(world, people.kim, 'avante');
    const repairOrderId = await takeIn(world, people.kim, { order: '000001', vehicleId, km: 42_000, lines });
    await doWork(world, repairOrderId, lines);
    await complete(world, repairOrderId, 42_002);
    const invoiceId = await billOwner(world, people.kim, repairOrderId, 45_000);
    const total = async () =>
      (await kim.one<{ totalKrw: number; balanceKrw: number }>('invoice', { id: invoiceId }, 'totalKrw balanceKrw')) ??
      undefined;
    expect(await total()).toEqual({ totalKrw: 49_500, balanceKrw: 49_500 });

    // All is well: every row is what the log says.
    const differing = async () => (await world.verify()).filter((one) => one.differing > 0);
    expect(await differing()).toEqual([]);

    // Somebody with the keys of the database makes the bill ten times what it is. Kim sees it, and nothing complains.
    await world.tamper('update rm_invoice set total_krw = 495000, balance_krw = 495000 where id = $1', [invoiceId]);
    expect(await total()).toEqual({ totalKrw: 495_000, balanceKrw: 495_000 });

    // The verification does: it names the row, with what stands there and what the log says.
    const [named, ...others] = await differing();
    expect(others).toEqual([]);
    expect(named).toMatchObject({ readModel: 'rm_invoice', differing: 1 });
    expect(named?.differences).toMatchObject([
      { id: invoiceId, stored: { totalKrw: 495_000 }, replayed: { totalKrw: 49_500, balanceKrw: 49_500 } },
    ]);
    // What was true is one look away even now: the record as of its last event is folded from the log.
    const replayed = await kim.one<{ asOf: object }>(
      'invoice',
      { id: invoiceId },
      'asOf(revision: "1") { totalKrw status }',
    );
    expect(replayed?.asOf).toEqual({ totalKrw: 49_500, status: 'issued' });

    // It goes into the books of the auditors, with the key of the row.
    await admin.command('OpenAudit', {
      ...{ caseId, auditorId: auditor.id, orgIds: [orgs.garage.id], scopes: ['invoice'], approvedBy: admin.id },
      ...{ period: { from: dayOf(world, -30), to: dayOf(world) }, until: plusDays(world.now(), 7) },
    });
    const result = { kind: 'projection', from: '0', to: String(named?.position), result: 'mismatch' };
    const mismatches = named?.differences.map(({ id }) => `rm_invoice ${id}`);
    await auditor.command('RecordVerification', { caseId, ...result, mismatches });
    const booked = await auditor.one('auditCase', { id: caseId }, 'actions { kind what detail }');
    expect(booked).toMatchObject({ actions: [{ kind: 'verification' }] });
    expect(JSON.stringify(booked)).toContain(invoiceId);

    // A rebuild makes the table anew from the log; Kim’s bill is right again and everything proves itself.
    const rebuilt = await world.rebuild('rm_invoice');
    expect(rebuilt.changed).toBe(1);
    expect(await total()).toEqual({ totalKrw: 49_500, balanceKrw: 49_500 });
    expect(await differing()).toEqual([]);

    // To alter the log’s own fingerprints is seen too: the chain of the invoice is not what its events hash to.
    const stream = `invoice-${invoiceId}`;
    await world.tamper(`update stream_chain set hash = repeat('0', 64) where id = $1`, [stream]);
    expect(await differing()).toMatchObject([{ readModel: 'stream_chain', differences: [{ id: stream }] }]);
    await expect(world.rebuild('stream_chain')).rejects.toThrow('evidence');
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
