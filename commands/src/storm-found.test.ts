import { DriverShift, shiftId } from '@cargoro/domain';
import type { EventLog } from '@cargoro/infra/ports';
import { describe, expect, it } from 'vitest';
import { cast, place, stormId } from '../test/storm/cast.ts';
import { wrongsOf } from '../test/storm/checks/index.ts';
import { memoryLog } from '../test/storm/memory-log.ts';
import { all, foundedHistory, requestOf, startBusinessInMemory } from '../test/storm/storm.ts';
import { memoryVault } from '../test/world.ts';
import { createCommands } from './index.ts';

type Input = Record<string, unknown>;
/** The business as storms find it, told step by step; what is sent is given back as it ended. */
const startStory = async () => {
  const business = startBusinessInMemory(await foundedHistory(), () => undefined);
  let said = 0;
  return {
    ...business,
    say: async (type: string, input: Input): Promise<string> => {
      const request = requestOf(`found ${said++}`, { type, input, actor: cast.system });
      const outcome = await business.act({ do: 'command', request });
      return typeof outcome === 'string' ? outcome : outcome.kind === 'rejected' ? outcome.code : 'accepted';
    },
    pass: (minutes: number) => business.act({ do: 'pass', minutes }),
  };
};
const [workshopId, bayId] = [place.workshops[0], place.bays[0]];
const slot = { bayId, start: '2025-06-30T05:00:00.000Z', end: '2025-06-30T06:00:00.000Z' };
const asks = (name: string, vehicleId: string, requester: object): Input => ({
  ...{ reservationId: stormId(name), workshopId, vehicleId, requester, services: [{ code: 'PADF' }], complaint: '' },
  wanted: [{ from: slot.start, to: '2025-06-30T09:00:00.000Z' }],
});

describe('what storms found', () => {
  it('a proposal booked in its last minute keeps its time, though the runner follows only after that', async () => {
    const { say, pass, follower, events } = await startStory();
    const [one, two] = [stormId('one'), stormId('two')];
    await say('RequestReservation', asks('one', place.cars[0], { kind: 'owner', id: cast.owner.id }));
    await say('RequestReservation', asks('two', place.cars[2], { kind: 'fleet', id: place.fleet }));
    await say('ProposeSlot', { reservationId: one, ...slot });
    await pass(29);
    expect(await say('ConfirmReservation', { reservationId: one, ...slot })).toBe('accepted');
    await pass(2);
    expect(await say('ConfirmReservation', { reservationId: two, ...slot })).toBe('SLOT_TAKEN');
    await follower.settle();
    expect(wrongsOf(events, true)).toEqual([]);
  });

  it('a driver is free again when their delivery was called off on another node while they took it', async () => {
    const { log } = memoryLog(await foundedHistory(), () => undefined);
    const node = (over: EventLog) =>
      createCommands({
        ...{ log: over, vault: memoryVault(), lookup: async () => 0, appVersion: 'test', aggregates: all },
        clock: () => '2025-06-30T01:30:00.000Z',
      });
    const deliveryId = stormId('delivery');
    const request = (type: string, input: Input) =>
      requestOf(`rival ${type}`, { type, input: { deliveryId, ...input }, actor: cast.system });
    const rival = node(log);
    const slow = node({
      ...log,
      append: async (stream, events, expected) => {
        if (stream === `delivery-${deliveryId}`)
          await rival.dispatch(request('CancelDelivery', { by: 'owner', reasonCode: 'CHANGED' }));
        return log.append(stream, events, expected);
      },
    });
    const job = { driverId: cast.driver.id, dispatcherId: cast.dispatcher.id, reason: '배차' };
    expect(await slow.dispatch(request('AssignDriver', job))).toMatchObject({ kind: 'rejected' });
    const shift = await node(log).load(DriverShift, shiftId(cast.driver.id, '2025-06-30', 1));
    expect(shift.state.status).toBe('available');
  });

  const order = (n: number) => ({ repairOrderId: stormId(`order ${n}`) });
  const starting = (n: number, line: number): Input => ({
    ...{ ...order(n), technicianId: cast.tech.id, bayId, lineIds: [stormId(`line ${n} ${line}`)] },
  });

  it('a technician who pauses and starts again at once is nobody else’s in between', async () => {
    const { say, follower, events } = await startStory();
    await say('StartWork', starting(1, 1));
    await follower.settle();
    await say('PauseWork', { ...order(1), reason: 'shift' });
    await say('StartWork', starting(1, 1));
    await follower.step(0);
    expect(await say('StartWork', starting(2, 1))).toBe('TECHNICIAN_BUSY');
    await follower.settle();
    expect(wrongsOf(events, true)).toEqual([]);
  });

  it('a technician who starts again after a line was dropped in the pause is nobody else’s', async () => {
    const { say, follower, events } = await startStory();
    await say('StartWork', starting(1, 1));
    await say('PauseWork', { ...order(1), reason: 'shift' });
    await follower.settle();
    await say('DropLine', { ...order(1), lineId: stormId('line 1 1'), reason: '취소' });
    await say('StartWork', starting(1, 2));
    await follower.step(0);
    expect(await say('StartWork', starting(2, 1))).toBe('TECHNICIAN_BUSY');
    await follower.settle();
    expect(wrongsOf(events, true)).toEqual([]);
  });

  const requestId = stormId('request');
  const [pads, , bulb] = place.parts;
  const asking = (n: number, partId: string = pads): Input => ({
    ...{ ...order(n), requestId, lineId: stormId(`line ${n} 3`), partId, qty: 2 },
    neededBy: '2025-07-01T01:00:00.000Z',
  });

  it('a part comes to its job though its line is offered anew, and not agreed to again, when it comes', async () => {
    const { say, pass, follower, events } = await startStory();
    await say('RequestPart', asking(1, bulb));
    await pass(25);
    const { stream = '' } = events.findLast(({ type }) => type === 'PurchaseOrderDrafted') ?? {};
    const purchaseOrderId = stream.slice('purchaseOrder-'.length);
    const accepted = { poLineId: requestId, acceptedQty: 2, promisedOn: '2025-07-01' };
    expect(await say('AcceptBySupplier', { purchaseOrderId, lines: [accepted] })).toBe('accepted');
    const anew = { ...{ lineId: stormId('line 1 3'), kind: 'part', serviceCode: 'PADF', partId: bulb, grade: 'oem' } };
    const priced = { ...anew, qty: 2, unitPriceKrw: 50_000, payer: 'owner' };
    const lines = [{ ...priced, alternatives: [{ grade: 'reman', unitPriceKrw: 30_000 }] }];
    const estimate = { ...order(1), version: 2 };
    await say('DraftEstimate', { ...estimate, menuVersion: 1, validUntil: '2025-07-14', lines });
    expect(await say('SendEstimate', { ...estimate, channel: 'app' })).toBe('accepted');
    const received = { poLineId: requestId, qty: 2, acceptedQty: 2, rejectedQty: 0 };
    await say('ReceiveGoods', { purchaseOrderId, receiptId: stormId('receipt'), lines: [received] });
    await follower.settle();
    const kept = events.filter(
      ({ type, data }) => type === 'StockReserved' && JSON.stringify(data).includes(requestId),
    );
    expect(kept.map(({ data }) => data)).toMatchObject([{ partId: bulb, qty: 2 }]);
    expect(wrongsOf(events, true)).toEqual([]);
  });

  it('a request for a part has its id to itself: another order cannot ask under it, even once the first is over', async () => {
    const { say, follower, events } = await startStory();
    expect(await say('RequestPart', asking(1))).toBe('accepted');
    await follower.settle();
    await say('CancelOrder', { ...order(1), reasonCode: 'CHANGED' });
    await follower.settle();
    expect(await say('RequestPart', asking(2))).toBe('ALREADY_EXISTS');
    expect(wrongsOf(events, true)).toEqual([]);
  });

  it('a technician is free after work, though everything that ever followed is sent again by another runner', async () => {
    const { say, follower, events, act } = await startStory();
    await say('StartWork', starting(1, 1));
    await say('StartWork', starting(1, 2));
    await say('PauseWork', { ...order(1), reason: 'shift' });
    await follower.settle();
    const told = events.length;
    for (const event of [...events]) follower.take(event);
    await act({ do: 'crash' });
    await follower.settle();
    expect(events).toHaveLength(told);
    expect(await say('StartWork', starting(2, 1))).toBe('accepted');
  });
});
