import { describe, expect, it } from 'vitest';
import { checkLaws } from '../../kit/testing.ts';
import {
  asManager,
  asMember,
  asUser,
  asWorkshop,
  company,
  fleetFact,
  fleetId,
  id,
  licenceFact,
  manager,
  member,
  register,
  registered,
  step,
  vehicleId,
  when,
  workshopOrg,
} from './vehicle.fixture.ts';
import { firstRegisteredOnOf, fuelOf, hasAccess, ownerOf, Vehicle } from './vehicle.ts';

const openWork = { counts: { openWorkOfVehicle: 1 } };
const today = '2025-06-30';
const now = '2025-06-30T01:00:00.000Z';
const assignment = {
  assignmentId: id(7),
  userId: member,
  department: '영업1팀',
  from: today,
  to: '2025-12-31',
  purpose: '영업',
};
const assigned = step(registered, 'AssignVehicle', assignment, company);
const grant = { grantId: id(8), grantee: { kind: 'org', id: workshopOrg }, scope: 'diagnostics', until: '2025-12-31' };
const granted = step(registered, 'GrantAccess', grant, asManager);
const workshop = { kind: 'org', id: workshopOrg } as const;

describe('Vehicle', () => {
  it('is registered with a plate and a VIN that exist and that no other vehicle has', () => {
    when([], 'RegisterVehicle', { ...register, plate: '123카4567' }).refuses('PLATE_FORMAT');
    when([], 'RegisterVehicle', { ...register, vin: 'KMHO14JA5PA900001' }).refuses('VIN_FORMAT');
    when([], 'RegisterVehicle', { ...register, firstRegisteredOn: '2025-07-01' }).refuses('DATE_IN_FUTURE');
    const { decision } = when([], 'RegisterVehicle', register);
    expect(decision.ok && decision.before).toMatchObject([
      { data: { kind: 'plate', value: '123가4567', holder: vehicleId }, refusal: 'PLATE_TAKEN' },
      { data: { kind: 'vin', value: 'KMHL14JA5PA900001', holder: vehicleId }, refusal: 'VIN_TAKEN' },
    ]);
    const state = when([], 'RegisterVehicle', register).state();
    expect(state).toMatchObject({ status: 'active', custody: { kind: 'owner', id: fleetId } });
    expect([ownerOf(state)?.id, fuelOf(state), firstRegisteredOnOf(state)]).toEqual([
      fleetId,
      'gasoline',
      '2023-03-02',
    ]);
    when(registered, 'RegisterVehicle', register).refuses('ALREADY_EXISTS');
  });

  it('gets a new plate, claiming the new one and freeing the old', () => {
    const plate = { plate: '456나7890', plateColour: 'white', reason: '분실', on: today };
    const { decision } = when(registered, 'ChangePlate', plate);
    expect(decision.ok && decision.before).toMatchObject([{ data: { value: '456나7890' }, refusal: 'PLATE_TAKEN' }]);
    expect(decision.ok && decision.after).toMatchObject([
      { type: 'ConfirmClaim', data: { value: '456나7890' } },
      { type: 'ReleaseClaim', data: { value: '123가4567' } },
    ]);
    expect(decision.ok && decision.events[0]?.data).toMatchObject({ before: '123가4567', plate: '456나7890' });
    when(registered, 'ChangePlate', { ...plate, plate: '45나' }).refuses('PLATE_FORMAT');
    when(registered, 'ChangePlate', { ...plate, on: '2025-07-01' }).refuses('DATE_IN_FUTURE');
    when(registered, 'ChangePlate', { ...plate, plate: '123가4567' }).emits();
    const colour = when(registered, 'ChangePlate', {
      ...plate,
      plate: '123가4567',
      plateColour: 'lightGreen',
    }).decision;
    expect(colour.ok && [colour.events.length, colour.before.length, colour.after.length]).toEqual([1, 0, 0]);
  });

  it('passes to a new owner, ending every grant and assignment', () => {
    const to = { kind: 'user', id: id(9) };
    when(registered, 'TransferOwnership', { to: { kind: 'org', id: fleetId }, on: today }).refuses('SAME_OWNER');
    when(registered, 'TransferOwnership', { to, on: '2025-07-01' }).refuses('DATE_IN_FUTURE');
    when(registered, 'TransferOwnership', { to, on: today }, openWork).refuses('OPEN_REPAIR_OR_DELIVERY');
    const shared = step(step(assigned, 'GrantAccess', grant), 'TransferCustody', {
      ...{ to: { kind: 'assignee', id: member }, cause: { kind: 'assignment', id: id(7) }, odometerKm: 20_000 },
    });
    const sold = when(shared, 'TransferOwnership', { to, on: today });
    const events = sold.emits('OwnershipTransferred', 'PartyRemoved', 'PartyRemoved', 'PartyRemoved', 'PartyAdded');
    expect(events.map((event) => (event.data.party as { as?: string })?.as)).toEqual([
      undefined,
      'owner',
      'assignee',
      'grantee',
      'owner',
    ]);
    const state = sold.state();
    expect(state).toMatchObject({ owner: to, custody: { kind: 'owner', id: id(9) } });
    expect(hasAccess(state, workshop, 'basic', now)).toBe(false);
    expect(hasAccess(state, { kind: 'user', id: member }, 'basic', now)).toBe(false);
    expect(hasAccess(state, { kind: 'user', id: id(9) }, 'history', now)).toBe(true);
  });

  it('changes hands from whoever has it to somebody else', () => {
    const toMember = {
      to: { kind: 'assignee', id: member },
      cause: { kind: 'assignment', id: id(7) },
      odometerKm: 20_000,
    };
    const toDriver = { ...toMember, to: { kind: 'driver', id: id(9) }, cause: { kind: 'delivery', id: id(8) } };
    const [handed] = when(assigned, 'TransferCustody', toMember, asManager).emits('CustodyTransferred');
    expect(handed?.data.from).toEqual({ kind: 'owner', id: fleetId });
    when(assigned, 'TransferCustody', toMember, asMember).refuses('NOT_CURRENT_HOLDER');
    const held = step(assigned, 'TransferCustody', toMember);
    when(held, 'TransferCustody', toMember).refuses('SAME_HOLDER');
    when(held, 'TransferCustody', toDriver, asMember).emits('CustodyTransferred');
    when(held, 'TransferCustody', { ...toDriver, from: { kind: 'owner', id: fleetId } }).refuses('NOT_CURRENT_HOLDER');
    when(held, 'TransferCustody', { ...toMember, to: { kind: 'owner', id: fleetId } }, asManager).emits(
      'CustodyTransferred',
    );
    const driven = step(held, 'TransferCustody', toDriver);
    when(driven, 'TransferCustody', { ...toMember, to: { kind: 'owner', id: fleetId } }, asManager).refuses(
      'NOT_CURRENT_HOLDER',
    );
  });

  it('is assigned to one licensed member at a time', () => {
    const second = { ...assignment, assignmentId: id(8) };
    when(registered, 'AssignVehicle', { ...assignment, to: '2025-06-29' }, company).refuses('DATES_INVERTED');
    when(registered, 'AssignVehicle', assignment, { facts: [licenceFact] }).refuses('NOT_MEMBER');
    when(registered, 'AssignVehicle', assignment, { facts: [fleetFact] }).refuses('LICENCE_EXPIRED');
    when(registered, 'AssignVehicle', { ...assignment, from: '2026-01-01', to: undefined }, company).refuses(
      'LICENCE_EXPIRED',
    );
    when(assigned, 'AssignVehicle', assignment, company).refuses('ALREADY_EXISTS');
    when(assigned, 'AssignVehicle', { ...second, from: '2025-12-31', to: undefined }, company).refuses(
      'OVERLAPPING_ASSIGNMENT',
    );
    when(assigned, 'AssignVehicle', { ...second, from: '2025-01-01', to: today }, company).refuses(
      'OVERLAPPING_ASSIGNMENT',
    );
    when(assigned, 'AssignVehicle', { ...second, from: '2025-01-01', to: undefined }, company).refuses(
      'OVERLAPPING_ASSIGNMENT',
    );
    when(assigned, 'AssignVehicle', { ...second, from: '2025-01-01', to: '2025-06-29' }, company).emits(
      'VehicleAssigned',
      'PartyAdded',
    );
    const own = step([], 'RegisterVehicle', { ...register, owner: { kind: 'user', id: manager } });
    when(own, 'AssignVehicle', assignment, company).refuses('NOT_MEMBER');
  });

  it('is free again when an assignment ends', () => {
    const end = { assignmentId: id(7), on: today };
    when(registered, 'EndAssignment', end).refuses('ASSIGNMENT_UNKNOWN');
    when(assigned, 'EndAssignment', { ...end, on: '2025-06-29' }).refuses('DATES_INVERTED');
    when(assigned, 'EndAssignment', end).emits('AssignmentEnded', 'PartyRemoved');
    const ended = step(assigned, 'EndAssignment', end);
    when(ended, 'EndAssignment', end).emits();
    when(ended, 'AssignVehicle', { ...assignment, assignmentId: id(8) }, company).emits(
      'VehicleAssigned',
      'PartyAdded',
    );
    const twice = step(
      assigned,
      'AssignVehicle',
      { ...assignment, assignmentId: id(8), from: '2026-01-01', to: undefined },
      {
        facts: [
          fleetFact,
          {
            ...licenceFact,
            events: licenceFact.events.map((e) => ({
              ...e,
              data: { ...e.data, ...('validTo' in e.data ? { validTo: '2030-01-01' } : {}) },
            })),
          },
        ],
      },
    );
    when(twice, 'EndAssignment', end).emits('AssignmentEnded');
  });

  it('is seen by others as far and as long as its owner grants', () => {
    when(registered, 'GrantAccess', grant, asUser(id(9), 'OWNER')).refuses('NOT_OWNER');
    when(registered, 'GrantAccess', { ...grant, until: '2026-07-01' }).refuses('UNTIL_TOO_FAR');
    when(registered, 'GrantAccess', { ...grant, until: '2026-06-30' }).emits('AccessGranted', 'PartyAdded');
    when(registered, 'GrantAccess', { ...grant, until: '2025-06-29' }).refuses('UNTIL_IN_PAST');
    when(granted, 'GrantAccess', grant).refuses('ALREADY_EXISTS');
    const state = when(registered, 'GrantAccess', grant).state();
    const sees = (scope: 'basic' | 'history' | 'diagnostics', at = now) => hasAccess(state, workshop, scope, at);
    expect([sees('basic'), sees('diagnostics'), sees('history')]).toEqual([true, true, false]);
    expect([sees('basic', '2025-12-31T14:59:00.000Z'), sees('basic', '2025-12-31T15:00:00.000Z')]).toEqual([
      true,
      false,
    ]);
    expect(hasAccess(state, { kind: 'user', id: workshopOrg }, 'basic', now)).toBe(false);
  });

  it('is not seen any more once access is revoked', () => {
    when(registered, 'RevokeAccess', { grantId: id(8) }).refuses('GRANT_UNKNOWN');
    when(granted, 'RevokeAccess', { grantId: id(8) }, asWorkshop).refuses('NOT_OWNER');
    const revoked = when(granted, 'RevokeAccess', { grantId: id(8) }, asManager);
    revoked.emits('AccessRevoked', 'PartyRemoved');
    expect(hasAccess(revoked.state(), workshop, 'basic', now)).toBe(false);
    when(step(granted, 'RevokeAccess', { grantId: id(8) }), 'RevokeAccess', { grantId: id(8) }).emits();
    const two = step(granted, 'GrantAccess', { ...grant, grantId: id(9), scope: 'history' });
    when(two, 'RevokeAccess', { grantId: id(8) }).emits('AccessRevoked');
  });

  it('keeps the trouble codes that were read until they are cured', () => {
    const code = (dtc: string, state = 'stored') => ({ dtc, state, severity: 'soon' });
    const session = { sessionId: id(7), source: 'obd', codes: [code('p0420'), code('C1201', 'pending')], at: now };
    when(registered, 'ReportTroubleCodes', { ...session, codes: [code('X0420')] }).refuses('DTC_FORMAT');
    when(registered, 'ReportTroubleCodes', { ...session, codes: [code('P04200')] }).refuses('DTC_FORMAT');
    when(registered, 'ReportTroubleCodes', session, asWorkshop).refuses('NO_ACCESS_TO_VEHICLE');
    when(granted, 'ReportTroubleCodes', session, asWorkshop).emits('TroubleCodesReported');
    const read = step(registered, 'ReportTroubleCodes', session);
    when(read, 'ReportTroubleCodes', session).refuses('DUPLICATE_SESSION');
    when(registered, 'ResolveTroubleCode', { dtc: 'P0420', repairOrderId: id(8) }).refuses('NOT_OPEN');
    when(read, 'ResolveTroubleCode', { dtc: 'P0420', repairOrderId: id(8) }, asWorkshop).refuses(
      'NO_ACCESS_TO_VEHICLE',
    );
    const cured = step(read, 'ResolveTroubleCode', { dtc: 'P0420', repairOrderId: id(8) });
    when(cured, 'ResolveTroubleCode', { dtc: 'P0420', repairOrderId: id(8) }).refuses('NOT_OPEN');
    const cleared = step(read, 'ReportTroubleCodes', {
      ...session,
      sessionId: id(8),
      codes: [code('C1201', 'cleared')],
    });
    when(cleared, 'ResolveTroubleCode', { dtc: 'C1201', repairOrderId: id(8) }).refuses('NOT_OPEN');
    when(cleared, 'ResolveTroubleCode', { dtc: 'P0420', repairOrderId: id(8) }).emits('TroubleCodeResolved');
  });

  it('reminds on a day or at a mileage', () => {
    const reminder = { reminderId: id(7), kind: 'tyres', dueKm: 40_000 };
    when(registered, 'SetReminder', { ...reminder, dueKm: undefined }).refuses('DUE_MISSING');
    const set = step(registered, 'SetReminder', reminder);
    when(set, 'SetReminder', reminder).refuses('ALREADY_EXISTS');
    when(registered, 'CloseReminder', { reminderId: id(7), outcome: 'done' }).refuses('REMINDER_UNKNOWN');
    when(set, 'CloseReminder', { reminderId: id(7), outcome: 'done' }).emits('ReminderClosed');
  });

  it('is suspended, resumed and retired when nothing is open, freeing plate and VIN', () => {
    const retire = { reason: 'scrapped', on: today };
    when(registered, 'SuspendVehicle', { reason: '사고' }, openWork).refuses('OPEN_REPAIR_OR_DELIVERY');
    when(registered, 'RetireVehicle', retire, openWork).refuses('OPEN_REPAIR_OR_DELIVERY');
    const suspended = step(registered, 'SuspendVehicle', { reason: '사고' });
    when(suspended, 'AssignVehicle', assignment, company).refuses('WRONG_STATE');
    when(registered, 'ResumeVehicle', {}).refuses('WRONG_STATE');
    expect(when(suspended, 'ResumeVehicle', {}).state().status).toBe('active');
    const { decision } = when(suspended, 'RetireVehicle', retire);
    expect(decision.ok && decision.after).toMatchObject([{ data: { kind: 'plate' } }, { data: { kind: 'vin' } }]);
    const retired = step(registered, 'RetireVehicle', retire);
    when(retired, 'SuspendVehicle', { reason: '사고' }).refuses('WRONG_STATE');
  });

  it('keeps the laws', () =>
    checkLaws(Vehicle, {
      world: { ...company },
      samples: {
        RegisterVehicle: [register, { ...register, owner: { kind: 'user', id: member } }],
        ChangePlate: [{ vehicleId, plate: '456나7890', plateColour: 'white', reason: '분실', on: today }],
        AssignVehicle: [{ vehicleId, ...assignment }],
        GrantAccess: [{ vehicleId, ...grant }],
        RecordOdometer: [{ vehicleId, km: 20_500, source: 'owner', at: now }],
        CorrectOdometer: [
          { vehicleId, km: 20_100, reasonCode: 'typo', supersedesEventId: 'event-test-1', approverId: manager },
        ],
      },
    }));
});
