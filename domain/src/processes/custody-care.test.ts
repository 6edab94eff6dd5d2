import { describe, expect, it } from 'vitest';
import { Delivery } from '../delivery/delivery/delivery.ts';
import * as journey from '../delivery/delivery/sample-delivery.ts';
import { driverId } from '../delivery/sample-world.ts';
import type { AnyEvent } from '../kit/index.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { Reservation } from '../repair/reservation/reservation.ts';
import { id, ids, requestedReservation, vehicleFact } from '../repair/sample-world.ts';
import { CustodyCare } from './custody-care.ts';
import { dataOf, instanceOf } from './spec.ts';

const { deliveryId, inspect, handover } = journey;
const car = vehicleFact();
const knowing = (events: readonly AnyEvent[], ...more: object[]) => ({
  facts: [car, { aggregate: Delivery, id: deliveryId, events }, ...more] as never,
});
const owner = { kind: 'owner', id: ids.customer };
const driver = { kind: 'driver', id: driverId };
const cause = { kind: 'delivery', id: deliveryId };
const vehicleId = ids.vehicle;

describe('a car that is moved', () => {
  it('is the driver’s from the inspection on and its owner’s after the hand-over, with what the odometer showed', () => {
    const care = instanceOf(CustodyCare, knowing(journey.completed));
    const taken = care.tell('PickupInspected', inspect);
    expect(dataOf(taken, 'TransferCustody')).toEqual({ vehicleId, to: driver, cause, odometerKm: 42_100 });
    expect(dataOf(taken, 'RecordOdometer')).toMatchObject({ km: 42_100, source: 'delivery', sourceId: deliveryId });
    const given = care.tell('HandoverCompleted', handover);
    const expected = { vehicleId, from: driver, to: owner, cause, odometerKm: 42_115 };
    expect(dataOf(given, 'TransferCustody')).toEqual(expected);
    expect(care.tell('TransferCustodyRejected', { code: 'SAME_HOLDER' }).sent).toEqual([]);
  });

  it('is the workshop’s when it was brought for an appointment', () => {
    const reservationId = id(70);
    const [first, ...rest] = journey.completed;
    const linked = [{ type: 'DeliveryRequested', data: { ...first?.data, links: { reservationId } } }, ...rest];
    const events = [requestedReservation(reservationId)];
    const care = instanceOf(CustodyCare, knowing(linked, { aggregate: Reservation, id: reservationId, events }));
    const to = { kind: 'workshop', id: ids.workshop };
    expect(dataOf(care.tell('HandoverCompleted', handover), 'TransferCustody')).toMatchObject({ to, from: driver });
  });
});

describe('a car at the workshop', () => {
  const { repairOrderId } = sample;
  const visit = { facts: [car, { aggregate: RepairOrder, id: repairOrderId, events: sample.completed }] };
  it('is the workshop’s while its order is open, then whoever’s got the key', () => {
    const care = instanceOf(CustodyCare, visit);
    const opened = care.tell('RepairOrderOpened', sample.open);
    const to = { kind: 'workshop', id: ids.workshop };
    expect(dataOf(opened, 'TransferCustody')).toMatchObject({ to, odometerKm: 42_100 });
    expect(dataOf(opened, 'RecordOdometer')).toMatchObject({ km: 42_100, source: 'workshop' });
    const handed = (receiver: object) => care.tell('VehicleHandedOver', { ...sample.handOver, receiver });
    const back = handed({ kind: 'owner', id: ids.customer });
    expect(dataOf(back, 'TransferCustody')).toMatchObject({ to: owner, odometerKm: 42_103 });
    expect(dataOf(back, 'RecordOdometer')).toMatchObject({
      ...{ vehicleId, km: 42_103, source: 'workshop', sourceId: repairOrderId, at: sample.handOver.at },
    });
    expect(dataOf(handed(driver), 'TransferCustody')).toMatchObject({ to: driver });
    expect(handed({ kind: 'driver', id: '견인 기사' }).sent).toEqual(['RecordOdometer']);
  });

  it('was not read again when its order was called off', () => {
    const cancelled = sample.order(sample.diagnosed, ['CancelOrder', { repairOrderId, reasonCode: 'X' }]);
    const care = instanceOf(CustodyCare, {
      facts: [car, { aggregate: RepairOrder, id: repairOrderId, events: cancelled }],
    });
    const back = care.tell('VehicleHandedOver', sample.handOver);
    expect(back.sent).toEqual(['TransferCustody']);
    expect(dataOf(back, 'TransferCustody')).toMatchObject({ odometerKm: 42_100 });
  });

  it('tells its mileage with each trip', () => {
    const trip = { vehicleId, month: '202506', tripId: id(71), endKm: 42_200, at: '2025-06-30T05:00:00.000Z' };
    const told = instanceOf(CustodyCare, visit).tell('TripEnded', trip);
    expect(dataOf(told, 'RecordOdometer')).toMatchObject({ km: 42_200, source: 'trip', at: trip.at });
  });
});
