import { plusDays } from '@cargoro/domain';
import { sha256 } from '@cargoro/infra/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import { word } from './kit/documents.ts';
import { dayOf, found, workshopId } from './kit/founding.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g05');
});
afterAll(() => world?.stop());

/** Three kinds of batteries, twelve of each, and the wiper blades nobody steals. */
const batteries = { AGM70: 210_000, AGM80: 240_000, AGM95: 290_000 } as const;
const partOf = (name: string) => ({ warehouseId: workshopId, partId: idOf(`part/${name}`) });
const stockOf = (name: string) => `${workshopId}.${idOf(`part/${name}`)}`;
const caseId = idOf('audit');

describe('G5, the missing batteries', () => {
  it('takes a second person to write off, and stands in the records where an auditor finds it', async () => {
    const { as } = world;
    const [clerk, buyer, owner, auditor] = [as(people.clerk), as(people.buyer), as(people.owner), as(people.auditor)];
    await found(world, orgs.garage, [people.owner, people.buyer, people.clerk, people.technician, people.auditor]);
    const stocked = async (name: string, qty: number, unitCostKrw: number) => {
      const place = { ...partOf(name), orgId: orgs.garage.id, bin: 'B-01', minQty: 2, reorderQty: 10 };
      await clerk.command('OpenStock', place);
      const source = { purchaseOrderId: idOf(`po/${name}`), poLineId: idOf(`po/${name}/1`) };
      await clerk.command('ReceiveStock', {
        ...partOf(name),
        movementId: idOf(`in/${name}`),
        qty,
        unitCostKrw,
        ...source,
      });
    };
    for (const [name, unitCostKrw] of Object.entries(batteries)) await stocked(name, 12, unitCostKrw);
    await stocked('wiper', 20, 8_000);

    // A small difference is the clerk’s to write off, with a reason; a large one takes somebody who runs the store.
    const counted = (name: string, countedQty: number, more = {}) => ({
      ...{ ...partOf(name), movementId: idOf(`count/${name}`), countedQty, reasonCode: 'loss', ...more },
    });
    await clerk.command('AdjustStock', counted('wiper', 19));
    const unreasoned = { ...counted('AGM70', 9), reasonCode: undefined };
    expect(await clerk.refusal('AdjustStock', unreasoned)).toBe('REASON_REQUIRED');
    for (const approver of [undefined, people.clerk, people.technician]) {
      const approverId = approver?.userId;
      expect(await clerk.refusal('AdjustStock', counted('AGM70', 9, { approverId }))).toBe('ADJUST_NEEDS_APPROVAL');
    }
    const level = 'onHand available valueKrw';
    expect(await clerk.one('stockItem', { id: stockOf('AGM70') }, level)).toMatchObject({ onHand: 12 });
    for (const name of Object.keys(batteries))
      await clerk.command('AdjustStock', counted(name, 9, { approverId: buyer.id }));
    expect(await clerk.one('stockItem', { id: stockOf('AGM70') }, level)).toEqual({
      ...{ onHand: 9, available: 9, valueKrw: 9 * 210_000 },
    });

    // The auditor may look into stock and nothing else, with the owner’s consent.
    const audit = {
      ...{
        caseId,
        auditorId: auditor.id,
        orgIds: [orgs.garage.id],
        scopes: ['stock'],
        until: plusDays(world.now(), 14),
      },
      period: { from: dayOf(world, -90), to: dayOf(world) },
    };
    expect(await owner.refusal('OpenAudit', { ...audit, approvedBy: auditor.id })).toBe('SELF_APPROVAL');
    expect(await owner.refusal('OpenAudit', { ...audit, approvedBy: clerk.id })).toBe('SCOPE_ABOVE_APPROVER');
    await owner.command('OpenAudit', { ...audit, approvedBy: owner.id });

    // Sampling by value, in the open, so that nobody can say it was aimed: what was lost of worth is drawn for certain.
    type Sample = { population: number; streams: { streamId: string; amountKrw: number }[] };
    const asked = { caseId, category: 'stock', method: word('monetaryUnit'), size: 4, seed: '2030-07' };
    const draw = () => auditor.one<Sample>('auditSample', asked, 'population streams { streamId amountKrw }');
    const drawn = await draw();
    expect(drawn?.population).toBe(4);
    expect(drawn?.streams.map(({ amountKrw }) => amountKrw).toSorted((a, b) => a - b)).toEqual([
      630_000, 720_000, 870_000,
    ]);
    expect(await draw()).toEqual(drawn);

    // Three cases worth asking about, all by one hand and with one consent.
    type Move = { stockId: string; valueKrw: number };
    const sample: Move[] = [];
    for (const { streamId } of drawn?.streams ?? []) {
      const stockId = streamId.slice('stock-'.length);
      const moves = await auditor.list<Move>(
        'stockMoves',
        { stockId, filter: { text: 'loss' } },
        'stockId kind qty valueKrw reason actorId onHandBefore onHandAfter',
      );
      expect(moves).toEqual([
        expect.objectContaining({ kind: 'adjusted', qty: -3, onHandBefore: 12, onHandAfter: 9, actorId: clerk.id }),
      ]);
      sample.push(...moves);
    }

    // Each is looked at as it was before and after, which is itself on record.
    for (const { stockId } of sample) {
      const streamId = `stock-${stockId}`;
      await auditor.command('RecordReplay', { caseId, streamId, atTime: world.now() });
      type Replayed = { revision: string; asOf: { onHand: number }; history: { edges: { node: { data: unknown } }[] } };
      const seen = await auditor.one<Replayed>(
        'stockItem',
        { id: stockId },
        'revision asOf(revision: "1") { onHand } history(first: 10) { edges { node { type data } } }',
      );
      expect(seen?.asOf.onHand).toBe(12);
      expect(seen?.history.edges.map(({ node }) => node)).toContainEqual({
        type: 'StockAdjusted',
        data: expect.objectContaining({ reasonCode: 'loss', deltaQty: -3, approverId: buyer.id }),
      });
      const findingId = idOf(`finding/${stockId}`);
      const text = '같은 사람이 같은 수량을 분실 처리함';
      await auditor.command('RaiseFinding', { caseId, findingId, severity: 'high', streamId, text });
    }
    const beyond = { caseId, streamId: 'invoice-1', atTime: world.now() };
    expect(await auditor.refusal('RecordReplay', beyond)).toBe('OUT_OF_SCOPE');
    const sampling = (more: string) =>
      `{ auditSample(caseId: "${caseId}", ${more}, size: 3, seed: "x") { population } }`;
    const atRandom = sampling('category: "stock", method: random');
    expect(await auditor.deniedQuery(sampling('category: "invoice", method: random'))).toBe('FORBIDDEN');
    for (const other of [owner, clerk, as(people.platformAuditor)])
      expect(await other.deniedQuery(atRandom)).toBe('FORBIDDEN');
    const evidence = { caseId, exportId: idOf('export'), query: 'stockMoves', rows: 4, sha256: sha256('export') };
    expect(await auditor.refusal('RecordExport', { ...evidence, streamCategory: 'invoice' })).toBe('OUT_OF_SCOPE');
    await auditor.command('RecordExport', { ...evidence, streamCategory: 'stock' });

    // Closed only when every finding is answered for; nobody of the store may read along.
    const closing = { caseId, reportSha256: sha256('report') };
    expect(await auditor.refusal('CloseAudit', closing)).toBe('OPEN_FINDINGS');
    expect(await clerk.deniedQuery(`{ auditCase(id: "${caseId}") { status } }`)).toBe('FORBIDDEN');
    for (const { stockId } of sample) {
      const finding = { caseId, findingId: idOf(`finding/${stockId}`) };
      await owner.command('AnswerFinding', { ...finding, text: '창고 출입 기록을 확인했습니다.' });
      await auditor.command('CloseFinding', { ...finding, resolution: '절도 신고' });
    }
    await auditor.command('CloseAudit', closing);
    expect(await auditor.deniedQuery(atRandom)).toBe('FORBIDDEN');
    expect(await owner.one('auditCase', { id: caseId }, 'status openFindings findings { severity }')).toEqual({
      ...{ status: 'closed', openFindings: 0, findings: [{}, {}, {}].map(() => ({ severity: 'high' })) },
    });
    expect(await as(people.manager).deniedQuery('{ stock { edges { node { id } } } }')).toBe('FORBIDDEN');
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
