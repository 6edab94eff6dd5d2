import { describe, expect, it } from 'vitest';
import { given } from '../../kit/testing.ts';
import { Reservation } from '../reservation/reservation.ts';
import { id, ids, tell, vehicleFact, workshopFact } from '../sample-world.ts';
import { RepairOrder } from './repair-order.ts';
import {
  advisor,
  completed,
  diagnose,
  facts,
  open,
  opened,
  order,
  repairOrderId,
  stepsOf,
  whenIn,
  world,
} from './sample-order.ts';

const opening = (change: object = {}, at = world) =>
  given(RepairOrder).when('OpenRepairOrder', { ...open, ...change }, at);
const reservationId = id(50);
const slot = { reservationId, bayId: ids.bay, start: '2025-06-30T01:00:00.000Z', end: '2025-06-30T03:00:00.000Z' };
const confirmed = tell(
  Reservation,
  [],
  [
    [
      'RequestReservation',
      {
        reservationId,
        workshopId: ids.workshop,
        vehicleId: ids.vehicle,
        requester: { kind: 'owner', id: ids.customer },
        wanted: [{ from: slot.start, to: slot.end }],
        services: [{ code: 'PADF' }],
        complaint: '',
        policyId: id(51),
      },
    ],
    ['ConfirmReservation', slot],
  ],
  { ...world, now: '2025-06-29T01:00:00.000Z' },
);
const arrived = tell(Reservation, confirmed, [
  ['CheckIn', { reservationId, at: slot.start, odometerKm: 42_100, by: 'advisor' }],
]);
const withReservation = (events: typeof arrived) => ({
  ...world,
  facts: [...facts, { aggregate: Reservation, id: reservationId, events }],
});

describe('Opening a repair order', () => {
  it('takes the car in for workshop, customer and payer, with what later rules need', () => {
    expect(opened[0]?.data).toMatchObject({
      workshopOrgId: ids.workshopOrg,
      vehicle: { plate: '12가3456' },
      firstRegisteredOn: '2021-12-01',
      highVoltage: false,
      parties: [
        { kind: 'org', id: ids.workshopOrg, as: 'workshop' },
        { kind: 'user', id: ids.customer, as: 'customer' },
        { kind: 'user', id: ids.customer, as: 'payer' },
      ],
    });
    const [fleet] = opening({ payer: { kind: 'fleet', id: ids.fleetOrg } }).emits('RepairOrderOpened');
    expect(fleet?.data).toMatchObject({ parties: [{}, {}, { kind: 'org', id: ids.fleetOrg, as: 'payer' }] });
    whenIn(opened).when('OpenRepairOrder', open, world).refuses('ALREADY_EXISTS');
  });

  it('claims the car, so that it has one open order', () => {
    expect(stepsOf([], 'OpenRepairOrder', open)).toEqual({
      before: ['HoldClaim openOrder'],
      after: ['ConfirmClaim openOrder'],
    });
    const { decision } = opening();
    expect(decision.ok && decision.before[0]?.refusal).toBe('VEHICLE_HAS_OPEN_ORDER');
  });

  it('needs an open workshop, a known car, and an odometer that goes forward', () => {
    const suspended = [
      ...workshopFact.events,
      { type: 'WorkshopSuspended', data: { workshopId: ids.workshop, reason: '휴가' } },
    ];
    opening({}, { ...world, facts: [{ ...workshopFact, events: suspended }, vehicleFact()] }).refuses(
      'WORKSHOP_NOT_OPEN',
    );
    opening({ vehicleId: id(98) }).refuses('NOT_FOUND');
    opening({ odometerInKm: 41_999 }).refuses('ODOMETER_BACKWARDS');
    opening({ odometerInKm: 42_000 }).emits('RepairOrderOpened');
  });

  it('fulfils the reservation it comes from and takes over its slot and policy', () => {
    const here = withReservation(arrived);
    expect(stepsOf([], 'OpenRepairOrder', { ...open, reservationId }, here).after).toContain('LinkRepairOrder');
    const [event] = opening({ reservationId }, here).emits('RepairOrderOpened');
    expect(event?.data).toMatchObject({ slot: { bayId: ids.bay, day: '2025-06-30' }, policyId: id(51) });
    opening({ reservationId }, withReservation(confirmed)).refuses('WRONG_STATE');
    opening({ reservationId, vehicleId: id(52) }, { ...here, facts: [...here.facts, vehicleFact(id(52))] }).refuses(
      'WRONG_STATE',
    );
  });

  it('is a warranty case only for the same car and while the warranty lasts', () => {
    const original = id(60);
    const at = (now: string) => ({
      ...world,
      now,
      facts: [...facts, vehicleFact(id(61)), { aggregate: RepairOrder, id: original, events: completed }],
    });
    opening({ warrantyOf: original }, at('2025-08-28T00:00:00.000Z')).emits('RepairOrderOpened');
    opening({ warrantyOf: original }, at('2025-08-30T00:00:00.000Z')).refuses('WARRANTY_EXPIRED');
    opening({ warrantyOf: original, vehicleId: id(61) }, at('2025-07-01T00:00:00.000Z')).refuses(
      'WARRANTY_OF_OTHER_VEHICLE',
    );
    opening({ warrantyOf: id(62) }, at('2025-07-01T00:00:00.000Z')).refuses('NOT_FOUND');
  });

  it('assigns enrolled technicians, EV-certified ones to high-voltage cars', () => {
    const assign = (technicianId: string) => ({ repairOrderId, technicianId, plannedHours: 2 });
    whenIn(opened).when('AssignTechnician', assign(ids.mechanic), world).emits('TechnicianAssigned');
    whenIn(opened).when('AssignTechnician', assign(ids.advisor), world).refuses('NOT_ENROLLED');
    const electric = tell(RepairOrder, [], [['OpenRepairOrder', open]], {
      ...world,
      facts: [workshopFact, vehicleFact(ids.vehicle, { fuel: 'ev' })],
    });
    whenIn(electric).when('AssignTechnician', assign(ids.mechanic), world).refuses('EV_CERT_REQUIRED');
    whenIn(electric).when('AssignTechnician', assign(ids.lead), world).emits('TechnicianAssigned');
  });

  it('records a diagnosis with one finding at least, and may be added to', () => {
    whenIn(opened)
      .when('RecordDiagnosis', { ...diagnose, findings: [] })
      .refuses('NO_FINDING');
    const twice = order(opened, ['RecordDiagnosis', diagnose], ['RecordDiagnosis', diagnose]);
    expect(twice).toHaveLength(3);
    expect(() => whenIn(opened).when('RecordDiagnosis', { ...diagnose, dtcs: ['X9'] })).toThrow('P0301');
    whenIn(completed).when('RecordDiagnosis', diagnose).refuses('WRONG_STATE');
  });

  it('takes notes at any time', () => {
    const note = { repairOrderId, text: '키는 데스크에', visibility: 'customer' };
    whenIn(completed).when('AddNote', note, advisor).emits('NoteAdded');
    given(RepairOrder).when('AddNote', note).refuses('NOT_FOUND');
  });
});
