import { describe, expect, it } from 'vitest';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { EstimateExpiry } from './estimate-expiry.ts';
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

  it('is one instance for each version', () => {
    expect(keysOf(EstimateExpiry, 'EstimateSent', sent)).toEqual([`${repairOrderId}.1`]);
    expect(keysOf(EstimateExpiry, 'LinesDeferred', { repairOrderId, version: 2 })).toEqual([`${repairOrderId}.2`]);
  });
});
