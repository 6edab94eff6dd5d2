import { describe, expect, it } from 'vitest';
import { Delivery } from '../delivery/delivery/delivery.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { id, tell } from '../repair/sample-world.ts';
import * as f from './fleet.fixture.ts';
import { FleetMaintenance } from './fleet-maintenance.ts';
import { dataOf, instanceOf, refusalOf, timerOf } from './spec.ts';

const { vehicleId, fleetOrgId, workshopId, policyId } = f;
const due = { vehicleId, itemCode: 'OIL', asOf: '2025-06-30', odometerKm: 42_000 };
const begun = (world = f.fleetWorld) => {
  const chain = instanceOf(FleetMaintenance, world);
  const first = chain.tell('MaintenanceDue', due);
  const request = dataOf(first, 'RequestReservation');
  const reservationId = String(request.reservationId);
  return { chain, first, request, reservationId };
};
const confirmed = (world = f.fleetWorld) => {
  const { chain, request, reservationId, ...more } = begun(world);
  const requested = chain.tell('ReservationRequested', request);
  const proposal = dataOf(requested, 'ProposeSlot');
  const booked = chain.tell('ReservationConfirmed', { ...proposal, holdId: id(1) });
  const delivery = dataOf(booked, 'RequestDelivery');
  return { ...more, chain, request, reservationId, requested, proposal, booked, delivery };
};
const brought = (world = f.fleetWorld) => {
  const before = confirmed(world);
  const { chain, delivery, reservationId } = before;
  const { deliveryId } = delivery;
  const fare = chain.tell('DeliveryRequested', delivery);
  chain.tell('PickupInspected', { deliveryId, odometerKm: 42_010, fuelPct: 60 });
  const handed = chain.tell('HandoverCompleted', { deliveryId, odometerKm: 42_030 }, String(before.proposal.start));
  const opened = chain.tell('CustomerArrived', { ...dataOf(handed, 'CheckIn'), reservationId });
  const order = dataOf(opened, 'OpenRepairOrder');
  chain.tell('RepairOrderOpened', order);
  return { ...before, fare, handed, opened, order, repairOrderId: String(order.repairOrderId) };
};
const fleet = { kind: 'fleet', id: fleetOrgId };
const line = (n: number, serviceCode: string, hours = 0.4) => ({
  ...{ lineId: id(n), kind: 'labour', serviceCode, hours, rateKrw: 50_000, payer: 'fleet' },
});
/** The order of the chain with these lines estimated; more commands may follow. */
const orderWith = (
  repairOrderId: string,
  lines: readonly object[],
  ...more: readonly (readonly [string, Record<string, unknown>])[]
) => {
  const commands = [
    ['OpenRepairOrder', { ...sample.open, customer: fleet, payer: fleet, policyId }],
    ['RecordDiagnosis', sample.diagnose],
    ['DraftEstimate', sample.draft(1, ...lines)],
    ['SendEstimate', sample.send(1)],
    ...more,
  ] as const;
  const events = tell(
    RepairOrder,
    [],
    commands.map(([type, data]) => [type, { ...data, repairOrderId }] as const),
    { ...sample.world, facts: [...sample.facts.slice(0, 3), ...(f.worldOf(f.policy()).facts ?? [])] },
  );
  return { aggregate: RepairOrder, id: repairOrderId, events };
};
const sent = (repairOrderId: string, totalKrw: number, ...lineIds: string[]) => ({
  ...{ repairOrderId, version: 1, channel: 'app', totalKrw, lineIds, supplement: false },
});

describe('the maintenance of a fleet’s car', () => {
  it('bundles what is due and near, and asks the allowed workshop on the fleet’s behalf', () => {
    const { first, request } = begun();
    expect(first.sent).toEqual(['RequestReservation', 'timer:confirm']);
    expect(request).toMatchObject({ workshopId, requester: fleet, policyId, planItemCodes: ['OIL', 'PADF'] });
    expect(timerOf(first, 'confirm')).toBe('2025-07-01T01:00:00.000Z');
  });

  it('hears of a second due item of the same evaluation without asking twice', () => {
    expect(begun().chain.tell('MaintenanceDue', { ...due, itemCode: 'PADF' }).sent).toEqual([]);
  });

  it('holds the first free slot, books the items and has the car fetched before it', () => {
    const { chain, requested, proposal, booked, delivery, reservationId } = confirmed();
    expect(requested.sent).toEqual(['BookItems', 'ProposeSlot']);
    // Tuesday 09:00 in Seoul, for 0.4 + 0.9 hours.
    expect(proposal).toMatchObject({ start: '2025-07-01T00:00:00.000Z', end: '2025-07-01T01:30:00.000Z' });
    expect(booked.sent).toEqual(['-confirm', 'RequestDelivery', 'timer:unassigned']);
    expect(delivery).toMatchObject({
      kind: 'toWorkshop',
      payer: { kind: 'org', id: fleetOrgId },
      links: { reservationId },
    });
    expect(timerOf(booked, 'unassigned')).toBe('2025-06-30T20:00:00.000Z');
    const refused = chain.tell(...refusalOf(booked, 'RequestDelivery', 'TOO_FAR'));
    expect(dataOf(refused, 'RequestNotice')).toMatchObject({
      ...{ template: 'maintenanceStepRefused', values: { step: 'RequestDeliveryRejected', code: 'TOO_FAR' } },
    });
  });

  it('agrees the fare, checks the car in where it was handed over, and opens its order', () => {
    const { fare, handed, opened, order, reservationId } = brought();
    expect(dataOf(fare, 'AgreeFare')).toMatchObject({ totalKrw: 40_000 });
    expect(handed.sent).toEqual(['CheckIn', '-unassigned']);
    expect(opened.sent).toEqual(['OpenRepairOrder']);
    expect(order).toMatchObject({ customer: fleet, payer: fleet, reservationId, odometerInKm: 42_030, fuelPct: 60 });
  });

  it('lets the policy approve planned work below its limit, with the version’s hash as evidence', () => {
    const { chain, repairOrderId } = brought();
    chain.know(f.worldOf(f.policy(), f.evaluated, f.hq, orderWith(repairOrderId, [line(2, 'OIL')])));
    const approved = dataOf(chain.tell('EstimateSent', sent(repairOrderId, 22_000, id(2))), 'ApproveLines');
    expect(approved).toMatchObject({
      ...{ method: 'policyAuto', approver: { kind: 'policy', id: policyId }, lineIds: [id(2)] },
      evidence: { objectId: `policy/${policyId}/v1` },
    });
    expect(chain.tell('EstimateSent', sent(repairOrderId, 200_000, id(2))).sent).toEqual([]);
    chain.know(f.worldOf(f.policy(), f.evaluated, f.hq, orderWith(repairOrderId, [line(2, 'DIAG')])));
    expect(chain.tell('EstimateSent', sent(repairOrderId, 22_000, id(2))).sent).toEqual([]);
  });

  const finished = () => {
    const before = brought();
    const { chain, repairOrderId } = before;
    const done = orderWith(
      repairOrderId,
      [line(2, 'OIL')],
      ...([
        [
          'ApproveLines',
          { version: 1, lineIds: [id(2)], approver: { kind: 'policy', id: policyId }, method: 'policyAuto' },
        ],
        ['StartWork', sample.start(id(2))],
        ['FinishLine', sample.finish(id(2))],
        ['FinishWork', {}],
        ['PassInspection', sample.inspect],
        ['CompleteOrder', sample.complete],
      ] as const),
    );
    chain.know(f.worldOf(f.policy(), f.evaluated, f.hq, done));
    const completed = chain.tell('RepairOrderCompleted', { ...sample.complete, repairOrderId });
    return { ...before, completed };
  };

  it('ticks off what was done, frees what was not, and sends the car home', () => {
    const { completed } = finished();
    expect(completed.sent).toEqual(['CompleteItem', 'UnbookItems', 'RequestDelivery', 'timer:booked']);
    expect(dataOf(completed, 'CompleteItem')).toMatchObject({ itemCode: 'OIL', doneKm: 42_103 });
    expect(dataOf(completed, 'RequestDelivery')).toMatchObject({ kind: 'fromWorkshop' });
  });

  it('ends with the cost on the contract and the car at home, in either order', () => {
    const { chain, completed } = finished();
    // Ids of a test repeat with every decision.
    const back = { ...dataOf(completed, 'RequestDelivery'), deliveryId: id(77) };
    expect(chain.tell('DeliveryRequested', back).sent).toEqual(['AgreeFare']);
    expect(chain.tell('CostBooked', { category: 'maintenance' }).sent).toEqual([]);
    expect(chain.tell('HandoverCompleted', { deliveryId: back.deliveryId, odometerKm: 42_150 }).sent).toEqual([
      'complete',
    ]);
    const other = finished();
    const home = { ...dataOf(other.completed, 'RequestDelivery'), deliveryId: id(77) };
    other.chain.tell('DeliveryRequested', home);
    other.chain.tell('HandoverCompleted', { deliveryId: home.deliveryId, odometerKm: 42_150 });
    expect(other.chain.tell('CostBooked', { category: 'maintenance' }).sent).toEqual(['complete']);
    expect(finished().chain.fire('booked').sent).toEqual(['notice:maintenanceCostMissing', 'complete']);
  });

  it('asks the next workshop when none confirms in a day, and a person when none is left', () => {
    const { chain, request, reservationId } = begun();
    chain.tell('ReservationRequested', request);
    const unanswered = chain.fire('confirm');
    expect(unanswered.sent).toEqual(['CancelReservation']);
    const ended = chain.tell('ReservationCancelled', {
      reservationId,
      by: 'FleetMaintenance',
      reasonCode: 'NO_ANSWER',
    });
    expect(ended.sent).toEqual(['UnbookItems', 'notice:maintenanceNeedsPerson', 'complete']);
    const refused = begun();
    expect(refused.chain.tell(...refusalOf(refused.first, 'RequestReservation', 'WORKSHOP_NOT_OPEN')).sent).toEqual([
      ...['notice:maintenanceNeedsPerson', 'complete'],
    ]);
  });

  it('moves the appointment twice when nobody fetches the car, then asks a person', () => {
    const { chain, delivery, proposal, reservationId } = confirmed();
    chain.tell('DeliveryRequested', delivery);
    const searching = (d: Record<string, unknown>) => ({
      aggregate: Delivery,
      id: String(d.deliveryId),
      events: [
        {
          type: 'DeliveryRequested',
          data: { ...d, vehicle: { plate: 'x', make: 'x', model: 'x', modelYear: 2022 }, parties: [] },
        },
      ],
    });
    const know = (d: Record<string, unknown>) => chain.know(f.worldOf(f.policy(), f.evaluated, f.hq, searching(d)));
    know(delivery);
    const moved = chain.fire('unassigned');
    expect(moved.sent).toEqual(['CancelDelivery', 'RescheduleReservation']);
    expect(String(dataOf(moved, 'RescheduleReservation').start) > String(proposal.start)).toBe(true);
    let next = dataOf(moved, 'RescheduleReservation');
    for (const round of [1, 2]) {
      const again = chain.tell('ReservationRescheduled', { ...next, reservationId, holdId: id(2) });
      expect(again.sent).toEqual(['RequestDelivery', 'timer:unassigned']);
      const fetched = dataOf(again, 'RequestDelivery');
      chain.tell('DeliveryRequested', fetched);
      know(fetched);
      const alarm = chain.fire('unassigned', String(next.start));
      expect(alarm.sent).toEqual(
        round === 1 ? ['CancelDelivery', 'RescheduleReservation'] : ['notice:pickupUnassigned'],
      );
      next = dataOf(alarm, 'RescheduleReservation');
    }
  });

  it('frees the items and calls the delivery off when the appointment is cancelled', () => {
    const { chain, delivery, reservationId } = confirmed();
    chain.tell('DeliveryRequested', delivery);
    expect(chain.tell('ReservationCancelled', { reservationId, by: 'x', reasonCode: 'X' }).sent).toEqual([
      ...['UnbookItems', 'CancelDelivery', 'notice:maintenanceCancelled', 'complete'],
    ]);
  });

  it('calls the delivery off for the old time when people move the appointment', () => {
    const { chain, delivery, proposal, reservationId } = confirmed();
    chain.tell('DeliveryRequested', delivery);
    const moved = { ...proposal, reservationId, by: 'advisor', reason: 'x', holdId: id(2) };
    expect(chain.tell('ReservationRescheduled', moved).sent).toEqual([
      ...['CancelDelivery', 'RequestDelivery', 'timer:unassigned'],
    ]);
  });

  it('brings the car home and frees the items when the order is cancelled', () => {
    const { chain, repairOrderId } = brought();
    expect(chain.tell('RepairOrderCancelled', { repairOrderId, reasonCode: 'X', requestIds: [] }).sent).toEqual([
      ...['UnbookItems', 'RequestDelivery', 'timer:booked'],
    ]);
    // Nothing was done, so no cost is missing.
    expect(chain.fire('booked').sent).toEqual(['complete']);
  });

  it('tells the fleet of every step that was refused', () => {
    const { chain, booked } = confirmed();
    expect(chain.tell(...refusalOf(booked, 'RequestDelivery', 'VEHICLE_IN_OTHER_DELIVERY')).sent).toEqual([
      'notice:maintenanceStepRefused',
    ]);
    expect(chain.tell('RescheduleReservationRejected', { code: 'SLOT_TAKEN', data: {} }).sent).toEqual([
      'notice:maintenanceStepRefused',
    ]);
    const taken = begun();
    taken.chain.tell('ReservationRequested', taken.request);
    expect(taken.chain.tell('BookItemsRejected', { code: 'ALREADY_BOOKED', data: {} }).sent).toEqual([
      ...['CancelReservation', 'complete'],
    ]);
  });

  it('only tells whoever has no contract with a policy, or no place to fetch the car from', () => {
    const none = {
      ...f.fleetWorld,
      facts: (f.fleetWorld.facts ?? []).filter(({ aggregate }) => aggregate.name !== 'Claim'),
    };
    expect(begun(none).first.sent).toEqual(['notice:maintenanceDue', 'complete']);
    expect(confirmed(f.worldOf(f.policy(), f.evaluated)).booked.sent).toEqual([
      '-confirm',
      'notice:pickupPlaceMissing',
    ]);
    const walkIn = f.policy({ pickupRule: { needed: false, payer: 'fleet' } });
    expect(confirmed(f.worldOf(walkIn, f.evaluated)).booked.sent).toEqual(['-confirm']);
  });
});
