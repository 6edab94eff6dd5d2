import { describe, expect, it } from 'vitest';
import { FleetContract } from '../fleet/contract/fleet-contract.ts';
import { Claim } from '../kit/index.ts';
import type { World } from '../kit/testing.ts';
import { Reservation } from '../repair/reservation/reservation.ts';
import { id, requestedReservation } from '../repair/sample-world.ts';
import * as f from './fleet.fixture.ts';
import { FleetExit } from './fleet-exit.ts';
import { dataOf, instanceOf, keysOf, refusalOf, timerOf } from './spec.ts';

const { contractId, vehicleId, fleetOrgId } = f;
const [assignmentId, bookedId, othersId, pastId] = [id(80), id(81), id(82), id(83)];
const [plannedId, nextFleetsId] = [id(86), id(87)];
const use = { department: '영업', purpose: '업무' };
const of = (kind: string, contract = contractId) => ({
  ...{ aggregate: FleetContract, id: contract },
  events: f.contractEvents.map((event) => ({ ...event, data: { ...event.data, contractId: contract, kind } })),
});
const over = (type: 'ContractEnded' | 'ContractTerminated', kind = 'lease') => {
  const contract = of(kind);
  const end = type === 'ContractEnded' ? {} : { on: '2025-07-10', penaltyKrw: 0, reason: '반납' };
  return { ...contract, events: [...contract.events, { type, data: { contractId, ...end } }] };
};
const driven = {
  ...f.car,
  events: [
    ...f.car.events,
    { type: 'VehicleAssigned', data: { vehicleId, assignmentId, userId: id(9), from: '2025-01-01', ...use } },
  ],
};
const ours = { kind: 'process', id: 'FleetMaintenance' };
const fleet = { kind: 'fleet', id: fleetOrgId };
const cancelled = { type: 'ReservationCancelled', data: { reservationId: pastId, by: 'kim', reasonCode: 'X' } };
const reservation = (reservationId: string, data: object, ...more: { type: string; data: object }[]) => ({
  ...{ aggregate: Reservation, id: reservationId },
  events: [requestedReservation(reservationId, data), ...more],
});
const facts = [
  driven,
  f.policy(),
  reservation(bookedId, { requester: fleet }),
  reservation(othersId, { requester: { kind: 'owner', id: id(9) } }),
  reservation(pastId, { requester: fleet }, cancelled),
  reservation(plannedId, { requester: ours, policyId: f.policyId }),
  reservation(nextFleetsId, { requester: ours, policyId: id(88) }),
];
const worldOf = (...more: readonly object[]): World => ({
  now: f.now,
  facts: [...facts, ...more] as never,
  lists: { openReservationsOfVehicle: [bookedId, othersId, pastId, plannedId, nextFleetsId] },
});
const ended = { contractId, vehicleIds: [vehicleId] };

describe('a car whose contract is over', () => {
  it('is driven to the end of the last day; then its assignments end and what the fleet booked is called off', () => {
    const exit = instanceOf(FleetExit, worldOf(over('ContractTerminated')));
    const told = exit.tell('ContractTerminated', { ...ended, on: '2025-07-10' });
    expect(timerOf(told, `leave.${vehicleId}`)).toBe('2025-07-10T15:00:00.000Z');
    const left = exit.fire(`leave.${vehicleId}`, '2025-07-10T15:00:00.000Z');
    expect(left.sent).toEqual(['EndAssignment', 'CancelReservation', 'CancelReservation', 'complete']);
    expect(dataOf(left, 'EndAssignment')).toEqual({ vehicleId, assignmentId, on: '2025-07-11' });
    const off = left.reactions.flatMap((r) => (r.kind === 'send' && r.type === 'CancelReservation' ? [r.data] : []));
    expect(off.map(({ reservationId, reasonCode }) => [reservationId, reasonCode])).toEqual([
      [bookedId, 'CONTRACT_ENDED'],
      [plannedId, 'CONTRACT_ENDED'],
    ]);
  });

  it('leaves at once when the last day has passed', () => {
    const exit = instanceOf(FleetExit, worldOf(over('ContractEnded')));
    const late = exit.tell('ContractEnded', ended, '2026-02-01T00:00:00.000Z');
    expect(timerOf(late, `leave.${vehicleId}`)).toBe('2026-02-01T00:00:00.000Z');
  });

  it('stays with a fleet that has it by another contract', () => {
    const other = id(85);
    const claim = { kind: 'contractKind', value: `owned.${vehicleId}`, holder: other };
    const held = {
      aggregate: Claim,
      id: `contractKind.owned.${vehicleId}`,
      events: [{ type: 'ClaimConfirmed', data: claim }],
    };
    const exit = instanceOf(FleetExit, worldOf(over('ContractEnded'), of('owned', other), held));
    exit.tell('ContractEnded', ended);
    expect(exit.fire(`leave.${vehicleId}`).sent).toEqual(['complete']);
  });

  it('was never the fleet’s by an insurance', () => {
    const exit = instanceOf(FleetExit, worldOf(over('ContractEnded', 'insurance')));
    expect(exit.tell('ContractEnded', ended).sent).toEqual(['complete']);
  });

  it('may be taken out of a contract that goes on for the others', () => {
    const removed = { contractId, vehicleId, on: '2025-07-01', reason: '반납' };
    expect(keysOf(FleetExit, 'ContractVehicleRemoved', removed)).toEqual([contractId]);
    const exit = instanceOf(FleetExit, worldOf(of('lease')));
    expect(exit.tell('ContractVehicleRemoved', removed).sent).toEqual([`timer:leave.${vehicleId}`]);
    const told = exit.fire(`leave.${vehicleId}`);
    expect(told.sent).toEqual(['EndAssignment', 'CancelReservation', 'CancelReservation']);
    for (const [type, code] of [
      ['EndAssignment', 'ASSIGNMENT_UNKNOWN'],
      ['CancelReservation', 'ALREADY_ARRIVED'],
    ] as const)
      expect(exit.tell(...refusalOf(told, type, code)).sent).toEqual([]);
    const draft = instanceOf(FleetExit, worldOf({ ...of('lease'), events: of('lease').events.slice(0, 1) }));
    expect(draft.tell('ContractVehicleRemoved', removed).sent).toEqual([]);
  });
});
