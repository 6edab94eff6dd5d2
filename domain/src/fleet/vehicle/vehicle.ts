import { isMember, Organization } from '../../core/organization/organization.ts';
import { mayDrive, UserAccount } from '../../core/user-account/user-account.ts';
import {
  accept,
  after,
  type Context,
  claiming,
  defineAggregate,
  type Events,
  isAfter,
  isOurs,
  type PartyEvent,
  plusHours,
  plusYears,
  reject,
  releasing,
  seoulDay,
  text,
} from '../../kit/index.ts';
import { monthOf } from '../../shared/calendar.ts';
import { parsePlate } from '../../shared/plate.ts';
import { isVin, normaliseVin } from '../../shared/vin.ts';
import { corrected, fitsBetween, fitsOnDay, readingRefusal } from './odometer.ts';
import { evolve } from './vehicle.evolve.ts';
import { moves } from './vehicle.moves.ts';
import { refusals } from './vehicle.refusals.ts';
import { commands, events } from './vehicle.schema.ts';
import { type Car, hasAccess, identitiesOf, isOwner, odometerOf, type VehicleState } from './vehicle.state.ts';

export {
  firstRegisteredOnOf,
  fuelOf,
  hasAccess,
  isAssigned,
  odometerOf,
  ownerOf,
  type VehicleState,
} from './vehicle.state.ts';

type VehicleEvent = Events<typeof events> | PartyEvent;
type Custodian = Car['custody'];

const plateClaim = (vehicleId: string, plate: string) => ({ kind: 'plate', value: plate, holder: vehicleId });
const vinClaim = (vehicleId: string, vin: string) => ({ kind: 'vin', value: vin, holder: vehicleId });
const isDtc = (dtc: string): boolean => /^[PBCU][0-3][0-9A-F]{3}$/.test(dtc);
const inFuture = (day: string, ctx: Context): boolean => day > seoulDay(ctx.now);
const isSameHolder = (a: Custodian, b: Custodian): boolean => a.kind === b.kind && a.id === b.id;

const mayAdd = (car: VehicleState, scope: 'basic' | 'diagnostics', ctx: Context): boolean =>
  isOurs(ctx.actor) || identitiesOf(ctx.actor).some((who) => hasAccess(car, who, scope, ctx.now));
/** Whoever holds the car hands it over; its owner may also take it back from the employee it is assigned to. */
const mayHandOver = (car: Car, ctx: Context): boolean =>
  isOurs(ctx.actor) ||
  (car.custody.kind === 'assignee' && car.custody.id === ctx.actor.id) ||
  (['owner', 'assignee'].includes(car.custody.kind) && isOwner(car, ctx.actor) && ctx.actor.role !== 'FLEET_MEMBER');
const hasOpenWork = (vehicleId: string, ctx: Context): boolean => ctx.count('openWorkOfVehicle', vehicleId) > 0;
const overlaps = (
  a: { from: string; to?: string | undefined },
  b: { from: string; to?: string | undefined },
): boolean => (b.to === undefined || a.from <= b.to) && (a.to === undefined || b.from <= a.to);

export const Vehicle = defineAggregate<VehicleState>()({
  name: 'Vehicle',
  category: 'vehicle',
  context: 'fleet',
  doc: text('차량', 'A vehicle: identity, owner, odometer, custody and who may see it'),
  id: 'vehicleId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    RegisterVehicle: (_state, data, ctx) => {
      const plate = parsePlate(data.plate)?.plate;
      if (!plate) return reject('PLATE_FORMAT');
      const vin = normaliseVin(data.vin);
      if (!isVin(vin)) return reject('VIN_FORMAT');
      if (inFuture(data.firstRegisteredOn, ctx)) return reject('DATE_IN_FUTURE');
      const { vehicleId, owner } = data;
      const parties = [{ ...owner, as: 'owner' as const }];
      const registered = accept({ type: 'VehicleRegistered' as const, data: { ...data, plate, vin, parties } });
      const withPlate = claiming(registered, { ...plateClaim(vehicleId, plate), refusal: 'PLATE_TAKEN' });
      return claiming(withPlate, { ...vinClaim(vehicleId, vin), refusal: 'VIN_TAKEN' });
    },
    ChangePlate: (state, data, ctx) => {
      const plate = parsePlate(data.plate)?.plate;
      if (!plate) return reject('PLATE_FORMAT');
      if (inFuture(data.on, ctx)) return reject('DATE_IN_FUTURE');
      if (plate === state.plate && data.plateColour === state.plateColour) return accept();
      const changed = accept({ type: 'PlateChanged' as const, data: { ...data, plate, before: state.plate } });
      if (plate === state.plate) return changed;
      const claimed = claiming(changed, { ...plateClaim(data.vehicleId, plate), refusal: 'PLATE_TAKEN' });
      return releasing(claimed, plateClaim(data.vehicleId, state.plate));
    },
    TransferOwnership: (state, data, ctx) => {
      if (state.owner.kind === data.to.kind && state.owner.id === data.to.id) return reject('SAME_OWNER');
      if (inFuture(data.on, ctx)) return reject('DATE_IN_FUTURE');
      if (hasOpenWork(data.vehicleId, ctx)) return reject('OPEN_REPAIR_OR_DELIVERY');
      const leaving = ctx.parties.filter(({ as }) => as === 'owner' || as === 'assignee' || as === 'grantee');
      const { vehicleId, to } = data;
      const transferred = accept<VehicleEvent>(
        { type: 'OwnershipTransferred', data: { ...data, from: state.owner } },
        ...leaving.map((party): PartyEvent => ({ type: 'PartyRemoved', data: { party } })),
        { type: 'PartyAdded', data: { party: { ...to, as: 'owner' } } },
      );
      return after(
        transferred,
        { aggregate: 'MaintenancePlan', type: 'MovePlan', data: { vehicleId, to } },
        { aggregate: 'TripLog', type: 'ShareTripLog', data: { vehicleId, month: monthOf(data.on), with: to } },
      );
    },
    RecordOdometer: (state, { confirm, ...data }, ctx) => {
      if (!mayAdd(state, 'basic', ctx)) return reject('NO_ACCESS_TO_VEHICLE');
      if (isAfter(data.at, plusHours(ctx.now, 24))) return reject('DATE_IN_FUTURE');
      const refusal = readingRefusal(state.readings, data.km, data.at, confirm);
      if (refusal) return reject(refusal);
      return accept({ type: 'OdometerRecorded', data: { ...data, deltaKm: data.km - (odometerOf(state) ?? 0) } });
    },
    CorrectOdometer: (state, data) => {
      const wrong = state.readings.find((reading) => reading.eventId === data.supersedesEventId);
      if (!wrong) return reject('EVENT_UNKNOWN');
      if (wrong.by === data.approverId) return reject('APPROVER_IS_REPORTER');
      if (data.reasonCode !== 'clusterReplaced' && !fitsBetween(state.readings, wrong.eventId, data.km))
        return reject('ODOMETER_BACKWARDS');
      const after = corrected(state.readings, wrong.eventId, { ...wrong, km: data.km });
      const odometerKm = after.at(-1)?.km ?? data.km;
      return accept({ type: 'OdometerCorrected', data: { ...data, beforeKm: wrong.km, odometerKm } });
    },
    TransferCustody: (state, data, ctx) => {
      if (data.from && !isSameHolder(data.from, state.custody)) return reject('NOT_CURRENT_HOLDER');
      if (!mayHandOver(state, ctx)) return reject('NOT_CURRENT_HOLDER');
      return isSameHolder(data.to, state.custody)
        ? reject('SAME_HOLDER')
        : accept({ type: 'CustodyTransferred', data: { ...data, from: state.custody } });
    },
    AssignVehicle: (state, data, ctx) => {
      if (data.assignmentId in state.assignments) return reject('ALREADY_EXISTS');
      if (data.to !== undefined && data.to < data.from) return reject('DATES_INVERTED');
      const open = Object.values(state.assignments).filter((assignment) => !assignment.ended);
      if (open.some((assignment) => overlaps(assignment, data))) return reject('OVERLAPPING_ASSIGNMENT');
      if (state.owner.kind !== 'org' || !isMember(ctx.fact(Organization, state.owner.id), data.userId))
        return reject('NOT_MEMBER');
      if (!mayDrive(ctx.fact(UserAccount, data.userId), data.from)) return reject('LICENCE_EXPIRED');
      return accept<VehicleEvent>(
        { type: 'VehicleAssigned', data },
        { type: 'PartyAdded', data: { party: { kind: 'user', id: data.userId, as: 'assignee' } } },
      );
    },
    EndAssignment: (state, data) => {
      const assignment = state.assignments[data.assignmentId];
      if (!assignment) return reject('ASSIGNMENT_UNKNOWN');
      if (assignment.ended) return accept();
      if (data.on < assignment.from) return reject('DATES_INVERTED');
      const { userId } = assignment;
      const others = Object.entries(state.assignments).filter(([id]) => id !== data.assignmentId);
      const stays = others.some(([, other]) => other.userId === userId && !other.ended);
      return accept<VehicleEvent>(
        { type: 'AssignmentEnded', data },
        ...(stays
          ? []
          : [{ type: 'PartyRemoved', data: { party: { kind: 'user', id: userId, as: 'assignee' } } } as const]),
      );
    },
    GrantAccess: (state, data, ctx) => {
      if (!isOurs(ctx.actor) && !isOwner(state, ctx.actor)) return reject('NOT_OWNER');
      if (data.grantId in state.grants) return reject('ALREADY_EXISTS');
      const today = seoulDay(ctx.now);
      if (data.until < today) return reject('UNTIL_IN_PAST');
      if (data.until > plusYears(today, 1)) return reject('UNTIL_TOO_FAR');
      return accept<VehicleEvent>(
        { type: 'AccessGranted', data },
        { type: 'PartyAdded', data: { party: { ...data.grantee, as: 'grantee' } } },
      );
    },
    RevokeAccess: (state, data, ctx) => {
      if (!isOurs(ctx.actor) && !isOwner(state, ctx.actor)) return reject('NOT_OWNER');
      const grant = state.grants[data.grantId];
      if (!grant) return reject('GRANT_UNKNOWN');
      if (grant.revoked) return accept();
      const others = Object.entries(state.grants).filter(([id, other]) => id !== data.grantId && !other.revoked);
      const stays = others.some(
        ([, { grantee }]) => grantee.kind === grant.grantee.kind && grantee.id === grant.grantee.id,
      );
      return accept<VehicleEvent>(
        { type: 'AccessRevoked', data },
        ...(stays ? [] : [{ type: 'PartyRemoved', data: { party: { ...grant.grantee, as: 'grantee' } } } as const]),
      );
    },
    ReportTroubleCodes: (state, data, ctx) => {
      if (!mayAdd(state, 'diagnostics', ctx)) return reject('NO_ACCESS_TO_VEHICLE');
      if (state.sessions.includes(data.sessionId)) return reject('DUPLICATE_SESSION');
      const codes = data.codes.map((code) => ({ ...code, dtc: code.dtc.toUpperCase() }));
      return codes.every(({ dtc }) => isDtc(dtc))
        ? accept({ type: 'TroubleCodesReported', data: { ...data, codes } })
        : reject('DTC_FORMAT');
    },
    ResolveTroubleCode: (state, data, ctx) => {
      if (!mayAdd(state, 'diagnostics', ctx)) return reject('NO_ACCESS_TO_VEHICLE');
      const dtc = data.dtc.toUpperCase();
      return state.openDtcs.includes(dtc)
        ? accept({ type: 'TroubleCodeResolved', data: { ...data, dtc } })
        : reject('NOT_OPEN');
    },
    SetReminder: (state, data) => {
      if (data.dueOn === undefined && data.dueKm === undefined) return reject('DUE_MISSING');
      return state.reminders.includes(data.reminderId)
        ? reject('ALREADY_EXISTS')
        : accept({ type: 'ReminderSet', data });
    },
    CloseReminder: (state, data) => {
      if (!state.reminders.includes(data.reminderId)) return reject('REMINDER_UNKNOWN');
      const recallId = state.recalls[data.reminderId];
      return accept({ type: 'ReminderClosed', data: { ...data, ...(recallId && { recallId }) } });
    },
    RecordExternalService: (state, { confirm, ...data }, ctx) => {
      const { vehicleId, on, odometerKm: km, serviceId: sourceId } = data;
      if (inFuture(on, ctx)) return reject('DATE_IN_FUTURE');
      if (!fitsOnDay(state.readings, km, on)) return reject('ODOMETER_BACKWARDS');
      const recorded = { type: 'ExternalServiceRecorded', data } as const;
      const last = state.readings.at(-1);
      const isNewest = last !== undefined && km > last.km && on >= seoulDay(last.at);
      if (!isNewest) return accept(recorded);
      const noon = `${on}T03:00:00.000Z`;
      const at = isAfter(noon, ctx.now) ? ctx.now : noon;
      const refusal = readingRefusal(state.readings, km, at, confirm);
      if (refusal) return reject(refusal);
      const reading = { vehicleId, km, source: 'owner', sourceId, at, deltaKm: km - last.km } as const;
      return accept<VehicleEvent>(recorded, { type: 'OdometerRecorded', data: reading });
    },
    SuspendVehicle: (_state, data, ctx) =>
      hasOpenWork(data.vehicleId, ctx) ? reject('OPEN_REPAIR_OR_DELIVERY') : accept({ type: 'VehicleSuspended', data }),
    ResumeVehicle: (_state, data) => accept({ type: 'VehicleResumed', data }),
    RetireVehicle: (state, data, ctx) => {
      if (hasOpenWork(data.vehicleId, ctx)) return reject('OPEN_REPAIR_OR_DELIVERY');
      const { vehicleId } = data;
      const freed = releasing(accept({ type: 'VehicleRetired' as const, data }), plateClaim(vehicleId, state.plate));
      return releasing(freed, vinClaim(vehicleId, state.vin));
    },
  },
  evolve,
});
