import type { AggregateDef } from '../../kit/index.ts';
import { corrected } from './odometer.ts';
import type { refusals } from './vehicle.refusals.ts';
import type { commands, events } from './vehicle.schema.ts';
import type { Car, Owner, VehicleState } from './vehicle.state.ts';

const ownerHolds = (owner: Owner): Car['custody'] => ({ kind: 'owner', id: owner.id });

/** How each event changes what is known of a vehicle. */
export const evolve: AggregateDef<typeof commands, typeof events, typeof refusals, VehicleState>['evolve'] = {
  VehicleRegistered: (_state, { parties: _, ...car }, event) => ({
    ...car,
    status: 'active',
    custody: ownerHolds(car.owner),
    readings: [{ eventId: event.id, km: car.odometerKm, at: event.meta.occurredAt, by: event.meta.actor.id }],
    ...{ assignments: {}, grants: {}, sessions: [], openDtcs: [], reminders: [], recalls: {} },
  }),
  PlateChanged: (state, { plate, plateColour }) => ({ ...state, plate, plateColour }),
  OwnershipTransferred: (state, { to }) => ({
    ...state,
    owner: to,
    custody: state.custody.kind === 'owner' || state.custody.kind === 'assignee' ? ownerHolds(to) : state.custody,
    assignments: {},
    grants: {},
  }),
  OdometerRecorded: (state, { km, at }, event) => ({
    ...state,
    readings: [...state.readings, { eventId: event.id, km, at, by: event.meta.actor.id }],
  }),
  OdometerCorrected: (state, { km, supersedesEventId }, event) => ({
    ...state,
    readings: corrected(state.readings, supersedesEventId, {
      ...{ eventId: event.id, km, by: event.meta.actor.id, at: '' },
    }),
  }),
  CustodyTransferred: (state, { to }) => ({ ...state, custody: to }),
  VehicleAssigned: (state, { assignmentId, userId, from, to }) => ({
    ...state,
    assignments: { ...state.assignments, [assignmentId]: { userId, from, to, ended: false } },
  }),
  AssignmentEnded: (state, { assignmentId }) => {
    const assignment = state.assignments[assignmentId];
    if (!assignment) return state;
    return { ...state, assignments: { ...state.assignments, [assignmentId]: { ...assignment, ended: true } } };
  },
  AccessGranted: (state, { grantId, grantee, scope, until }) => ({
    ...state,
    grants: { ...state.grants, [grantId]: { grantee, scope, until, revoked: false } },
  }),
  AccessRevoked: (state, { grantId }) => {
    const grant = state.grants[grantId];
    return grant ? { ...state, grants: { ...state.grants, [grantId]: { ...grant, revoked: true } } } : state;
  },
  TroubleCodesReported: (state, { sessionId, codes }) => {
    const read = new Set(codes.map(({ dtc }) => dtc));
    const open = codes.filter((code) => code.state !== 'cleared').map(({ dtc }) => dtc);
    return {
      ...state,
      sessions: [...state.sessions, sessionId],
      openDtcs: [...new Set([...state.openDtcs.filter((dtc) => !read.has(dtc)), ...open])],
    };
  },
  TroubleCodeResolved: (state, { dtc }) => ({ ...state, openDtcs: state.openDtcs.filter((open) => open !== dtc) }),
  ReminderSet: (state, { reminderId, recallId }) => ({
    ...state,
    reminders: [...state.reminders, reminderId],
    recalls: recallId ? { ...state.recalls, [reminderId]: recallId } : state.recalls,
  }),
  ReminderClosed: (state, { reminderId }) => ({
    ...state,
    reminders: state.reminders.filter((open) => open !== reminderId),
  }),
  ExternalServiceRecorded: (state) => state,
  VehicleSuspended: (state) => ({ ...state, status: 'suspended' }),
  VehicleResumed: (state) => ({ ...state, status: 'active' }),
  VehicleRetired: (state) => ({ ...state, status: 'retired' }),
};
