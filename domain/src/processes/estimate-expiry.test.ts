import { describe, expect, it } from 'vitest';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { ids } from '../repair/sample-world.ts';
import { EstimateExpiry } from './estimate-expiry.ts';
import * as fleet from './fleet.fixture.ts';
import { dataOf, instanceOf, keysOf, refusalOf, timerOf } from './spec.ts';

const { repairOrderId, labourId, partLineId } = sample;
const order = (events: typeof sample.sent) => ({ facts: [{ aggregate: RepairOrder, id: repairOrderId, events }] });
const sent = { repairOrderId, version: 1, dueAt: '2025-07-02T01:00:00.000Z' };

describe('an estimate', () => {
  it('ends by itself when its time is over and nobody has answered', () => {
    const expiry = instanceOf(EstimateExpiry, order(sample.sent));
    expect(timerOf(expiry.tell('EstimateSent', sent), 'due')).toBe(sent.dueAt);
    const due = expiry.fire('due');
    expect(dataOf(due, 'ExpireEstimate')).toEqual({ repairOrderId, version: 1 });
    expect(expiry.tell(...refusalOf(due, 'ExpireEstimate', 'ALREADY_ANSWERED')).sent).toEqual(['complete']);
  });

  it('is watched until its last line is answered', () => {
    const expiry = instanceOf(EstimateExpiry, order(sample.sent));
    expiry.tell('EstimateSent', sent);
    const answer = { repairOrderId, version: 1 };
    expect(expiry.tell('LinesApproved', { ...answer, lineIds: [labourId] }).sent).toEqual([]);
    expiry.know(order(sample.approved));
    expect(expiry.tell('LinesApproved', { ...answer, lineIds: [partLineId] }).sent).toEqual(['-due', 'complete']);
    expect(expiry.fire('due').sent).toEqual([]);
  });

  it('is called to mind after 4 and 24 hours, and the desk calls four hours before its end', () => {
    const expiry = instanceOf(EstimateExpiry, order(sample.sent));
    const told = expiry.tell('EstimateSent', sent, '2025-06-30T01:00:00.000Z');
    expect(told.sent).toEqual(['timer:due', 'timer:remind', 'timer:urge', 'timer:call']);
    expect(timerOf(told, 'call')).toBe('2025-07-01T21:00:00.000Z');
    const customer = { kind: 'user', id: ids.customer };
    const reminded = [
      ['remind', 'estimateAwaitsAnswer'],
      // By text message too.
      ['urge', 'estimateEndsSoon'],
    ] as const;
    for (const [timer, template] of reminded)
      expect(dataOf(expiry.fire(timer), 'RequestNotice')).toMatchObject({
        ...{ template, to: customer, values: { until: '2025-07-02 10:00' } },
      });
    expect(expiry.fire('call').sent).toEqual(['notice:estimateNeedsCall']);
  });

  it('is not called to mind after its end, nor once it was answered', () => {
    const expiry = instanceOf(EstimateExpiry, order(sample.sent));
    const short = expiry.tell('EstimateSent', { ...sent, dueAt: '2025-06-30T03:00:00.000Z' });
    expect(short.sent).toEqual(['timer:due']);
    expiry.know(order(sample.approved));
    expect(expiry.fire('remind').sent).toEqual(['complete']);
  });

  it('of a fleet goes to the approver with the next higher limit after half the time the policy gives', () => {
    const [opened, ...rest] = sample.sent;
    const customer = { kind: 'fleet', id: fleet.fleetOrgId };
    const fleets = [
      { type: 'RepairOrderOpened', data: { ...opened?.data, customer, policyId: fleet.policyId } },
      ...rest,
    ];
    const escalated = (...limits: [role: string, maxKrw: number][]) => {
      const policy = fleet.policy({ limits: limits.map(([role, maxKrw]) => ({ role, maxKrw })) });
      const expiry = instanceOf(EstimateExpiry, { facts: [...order(fleets).facts, policy] });
      expect(timerOf(expiry.tell('EstimateSent', sent), 'escalate')).toBe('2025-06-30T03:00:00.000Z');
      const { template, to } = dataOf(expiry.fire('escalate'), 'RequestNotice');
      expect([template, (to as { id: string }).id]).toEqual(['estimateNeedsApprover', fleet.fleetOrgId]);
      return (to as { roles: string[] }).roles;
    };
    // 115,505 won with VAT.
    const manager: [string, number] = ['FLEET_MANAGER', 1_000_000];
    expect(escalated(['FLEET_APPROVER', 200_000], manager)).toEqual(['FLEET_MANAGER']);
    expect(escalated(['FLEET_MANAGER', 200_000], ['FLEET_APPROVER', 1_000_000])).toEqual(['FLEET_APPROVER']);
    expect(escalated(['FLEET_APPROVER', 100_000], manager)).toEqual(['FLEET_MANAGER']);
    expect(escalated(['FLEET_APPROVER', 200_000], ['FLEET_ACCOUNTANT', 300_000])).toEqual(['FLEET_APPROVER']);
    expect(escalated(['FLEET_APPROVER', 100_000])).toEqual(['FLEET_MANAGER']);
  });

  it('of extra work gives up the bay after two hours, if there is nothing else to do', () => {
    const extra = (events: typeof sample.sent) =>
      sample.order(events, ['DraftEstimate', sample.draft(2, sample.oil)], ['SendEstimate', sample.send(2)]);
    const second = { ...sent, version: 2 };
    const waiting = (events: typeof sample.sent) => {
      const expiry = instanceOf(EstimateExpiry, order(extra(events)));
      expect(timerOf(expiry.tell('EstimateSent', second), 'bay')).toBe('2025-06-30T03:00:00.000Z');
      return expiry;
    };
    const idle = waiting(sample.done);
    const freed = idle.fire('bay');
    expect(freed.sent).toEqual(['PauseWork', 'LeaveBay', 'notice:supplementFreesBay']);
    expect(dataOf(freed, 'PauseWork')).toEqual({ repairOrderId, reason: 'waitingApproval' });
    expect(idle.tell(...refusalOf(freed, 'PauseWork', 'NOT_RUNNING')).sent).toEqual([]);
    expect(idle.fire('due').sent).toEqual(['ExpireEstimate']);
    expect(waiting(sample.inProgress).fire('bay').sent).toEqual([]);
    const paused = sample.order(sample.done, ['PauseWork', { repairOrderId, reason: 'waitingApproval' }]);
    const left = waiting(paused);
    const leaves = left.fire('bay');
    expect(leaves.sent).toEqual(['LeaveBay', 'notice:supplementFreesBay']);
    expect(left.tell(...refusalOf(leaves, 'LeaveBay', 'NOT_RUNNING')).sent).toEqual([]);
  });

  it('is one instance for each version', () => {
    expect(keysOf(EstimateExpiry, 'EstimateSent', sent)).toEqual([`${repairOrderId}.1`]);
    expect(keysOf(EstimateExpiry, 'LinesDeferred', { repairOrderId, version: 2 })).toEqual([`${repairOrderId}.2`]);
  });
});
