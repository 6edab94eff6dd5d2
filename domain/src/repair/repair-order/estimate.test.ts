import { describe, expect, it } from 'vitest';
import { plusHours } from '../../kit/index.ts';
import type { RepairOrderState } from './repair-order.ts';
import {
  approve,
  approved,
  customer,
  diagnosed,
  discount,
  draft,
  fee,
  inProgress,
  labour,
  labourId,
  oil,
  oilId,
  open,
  opened,
  order,
  part,
  partLineId,
  request,
  requestId,
  send,
  sent,
  start,
  whenIn,
  world,
} from './sample-order.ts';

type Live = Exclude<RepairOrderState, { status: 'none' }>;
const after = (events: typeof sent, type: string, data: Record<string, unknown>, at = world) =>
  whenIn(events).when(type, data, at).state() as Live;
const lineStates = ({ lines }: Live) =>
  Object.fromEntries(Object.values(lines).map((line) => [line.lineId, line.state]));
const _evidence = { objectId: 'calls/1', sha256: 'c'.repeat(64) };
const _decline = (...lineIds: string[]) => ({
  repairOrderId: open.repairOrderId,
  lineIds,
  reason: '다음에',
  safetyAcknowledged: true,
});

describe('An answer to a line whose part was asked for', () => {
  const asked = order(approved, ['RequestPart', request], ['DraftEstimate', draft(2, part)], ['SendEstimate', send(2)]);
  const ref = { repairOrderId: open.repairOrderId, lineIds: [partLineId] };
  const requestIdsOf = (type: string, data: Record<string, unknown>, at = world) =>
    whenIn(asked).when(type, data, at).decision;
  const named = (decision: ReturnType<typeof requestIdsOf>) => decision.ok && decision.events[0]?.data.requestIds;

  it('names the request, so that nobody keeps the part for a job that is not to be done', () => {
    const no = { ...ref, reason: '다음에', safetyAcknowledged: true };
    expect(named(requestIdsOf('DeclineLines', no))).toEqual([requestId]);
    expect(named(requestIdsOf('DeferLines', { ...ref, safetyAcknowledged: true }))).toEqual([requestId]);
    const late = { ...world, now: '2025-07-05T00:00:00.000Z' };
    expect(named(requestIdsOf('ExpireEstimate', { repairOrderId: open.repairOrderId, version: 2 }, late))).toEqual([
      requestId,
    ]);
    expect(named(requestIdsOf('ApproveLines', approve(2, partLineId), customer))).toEqual([requestId]);
  });
});

describe('Drafting an estimate', () => {
  const drafting = (...lines: object[]) => whenIn(diagnosed).when('DraftEstimate', draft(1, ...lines), world);

  it('totals its lines and rounds VAT down on the document', () => {
    const [event] = drafting(labour, part, discount(8, 5_000)).emits('EstimateDrafted');
    expect(event?.data).toMatchObject({ supplyKrw: 100_005, vatKrw: 10_000, totalKrw: 110_005, exemptLineIds: [] });
    const [empty] = drafting().emits('EstimateDrafted');
    expect(empty?.data).toMatchObject({ totalKrw: 0 });
    const [untaxed] = drafting(fee(8, 30_000), { ...fee(9, 25_000), taxable: false }).emits('EstimateDrafted');
    expect(untaxed?.data).toMatchObject({ supplyKrw: 55_000, vatKrw: 3_000 });
  });

  it('numbers its versions without a gap and names each line once', () => {
    whenIn(diagnosed).when('DraftEstimate', draft(2, labour), world).refuses('VERSION_NOT_NEXT');
    whenIn(sent).when('DraftEstimate', draft(1, labour), world).refuses('VERSION_NOT_NEXT');
    drafting(labour, labour).refuses('ALREADY_EXISTS');
    whenIn(diagnosed)
      .when('DraftEstimate', { ...draft(1, labour), menuVersion: 9 }, world)
      .refuses('NOT_FOUND');
    expect(() => drafting(...Array.from({ length: 301 }, (_, n) => fee(n, 1)))).toThrow('300 lines');
  });

  it('has no negative prices', () => {
    drafting({ ...part, unitPriceKrw: -1 }).refuses('PRICE_NEGATIVE');
    drafting(fee(8, 4_999), discount(9, 5_000)).refuses('PRICE_NEGATIVE');
    drafting({ ...labour, rateKrw: -50_000 }).refuses('PRICE_NEGATIVE');
    drafting({ ...part, alternatives: [{ grade: 'used', unitPriceKrw: -1 }] }).refuses('PRICE_NEGATIVE');
  });

  it('charges the posted labour rate; less only with a discount line, more never (K6)', () => {
    drafting({ ...labour, rateKrw: 40_000 }).refuses('RATE_NOT_POSTED');
    drafting({ ...labour, rateKrw: undefined }).refuses('RATE_NOT_POSTED');
    drafting({ ...labour, rateKrw: 40_000 }, discount(8, 1)).emits('EstimateDrafted');
    drafting({ ...labour, rateKrw: 60_000 }, discount(8, 1)).refuses('RATE_NOT_POSTED');
  });

  it('offers the client a choice of grades for every part (K1)', () => {
    drafting({ ...part, alternatives: [] }).refuses('GRADE_CHOICE_MISSING');
    drafting({ ...part, alternatives: undefined }).refuses('GRADE_CHOICE_MISSING');
    drafting({ ...part, grade: undefined }).refuses('GRADE_CHOICE_MISSING');
  });
});

describe('Sending an estimate', () => {
  it('sends the latest version once and asks for an answer in 48 hours', () => {
    const drafted = order(diagnosed, ['DraftEstimate', draft(1, labour)]);
    const [event] = whenIn(drafted).when('SendEstimate', send(1), world).emits('EstimateSent');
    expect(event?.data).toMatchObject({
      dueAt: plusHours(world.now ?? '', 48),
      supplement: false,
      lineIds: [labourId],
      totalKrw: 49_500,
    });
    whenIn(drafted).when('SendEstimate', send(2), world).refuses('NOT_LATEST_VERSION');
    whenIn(diagnosed).when('SendEstimate', send(1), world).refuses('NOT_LATEST_VERSION');
    whenIn(sent).when('SendEstimate', send(1), world).emits();
    const empty = order(diagnosed, ['DraftEstimate', draft(1)]);
    whenIn(empty).when('SendEstimate', send(1), world).refuses('EMPTY_ESTIMATE');
  });

  it('needs a diagnosis, except for exempt work (K3)', () => {
    const undiagnosed = order(opened, ['DraftEstimate', draft(1, labour)]);
    whenIn(undiagnosed).when('SendEstimate', send(1), world).refuses('WRONG_STATE');
    const exempt = order(opened, ['DraftEstimate', draft(1, oil)]);
    expect(after(exempt, 'SendEstimate', send(1)).status).toBe('awaitingApproval');
  });

  it('replaces what was not answered, and asks again for what was agreed before work began', () => {
    const dearer = order(approved, ['DraftEstimate', draft(2, { ...labour, hours: 1.2 })]);
    const again = after(dearer, 'SendEstimate', send(2));
    expect(again.status).toBe('awaitingApproval');
    expect(lineStates(again)).toEqual({ [labourId]: 'proposed', [partLineId]: 'approved' });
    expect(again.approvedKrw).toBe(66_005);
    const changed = order(sent, ['DraftEstimate', draft(2, labour)]);
    expect(lineStates(after(changed, 'SendEstimate', send(2)))).toEqual({ [labourId]: 'proposed' });
  });

  it('is a supplement of new lines once work has begun', () => {
    whenIn(inProgress).when('DraftEstimate', draft(2, labour), world).refuses('ALREADY_EXISTS');
    const state = after(order(inProgress, ['DraftEstimate', draft(2, oil)]), 'SendEstimate', send(2));
    expect([state.status, state.lines[oilId]?.state]).toEqual(['inProgress', 'proposed']);
    const late = order(approved, ['DraftEstimate', draft(2, labour)], ['StartWork', start(labourId)]);
    whenIn(late).when('SendEstimate', send(2), world).refuses('WRONG_STATE');
  });
});
