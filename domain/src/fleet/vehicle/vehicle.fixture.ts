import { Organization } from '../../core/organization/organization.ts';
import { UserAccount } from '../../core/user-account/user-account.ts';
import type { AnyEvent } from '../../kit/index.ts';
import { given, type World } from '../../kit/testing.ts';
import { Vehicle } from './vehicle.ts';

/** A fleet's car, its organisation and a member with a licence, for the tests of everything that has to do with cars. */
export const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
export const vehicleId = id(1);
export const fleetId = id(2);
export const member = id(3);
export const manager = id(4);
export const workshopOrg = id(5);

export const register = {
  ...{ vehicleId, plate: '123가 4567', plateColour: 'white', vin: 'kmhl14ja5pa900001' },
  ...{ make: '현대', model: '아반떼', modelYear: 2023, fuel: 'gasoline', usage: 'private', bodyKind: 'car' },
  ...{ firstRegisteredOn: '2023-03-02', owner: { kind: 'org', id: fleetId }, odometerKm: 20_000 },
};
export const registered = given(Vehicle).when('RegisterVehicle', register).emits('VehicleRegistered');

const fleet = given(Organization)
  .when('RegisterOrganization', {
    ...{ orgId: fleetId, kind: 'fleet', name: '한결물산', businessNo: '124-81-00998' },
    ...{ address: '서울 중구 한결로 2', ownerUserId: manager },
  })
  .emits('OrganizationRegistered', 'MemberAdded');
const account = given(UserAccount)
  .when('RegisterUser', { userId: member, emailHash: 'a'.repeat(64), personRef: 'p', locale: 'ko' })
  .emits('UserRegistered');
const licence = { userId: member, licenceClass: 'class1Ordinary', numberHash: 'b'.repeat(64), validTo: '2025-12-31' };

export const fleetFact = {
  aggregate: Organization,
  id: fleetId,
  events: [...fleet, { type: 'MemberAdded', data: { orgId: fleetId, userId: member, roles: ['FLEET_MEMBER'] } }],
};
export const licenceFact = {
  aggregate: UserAccount,
  id: member,
  events: [...account, { type: 'LicenceRecorded', data: licence }],
};
export const company: World = { facts: [fleetFact, licenceFact] };

export const asUser = (userId: string, role: string, orgId?: string): World =>
  ({ actor: { kind: 'user', id: userId, role, ...(orgId ? { orgId } : {}) } }) as unknown as World;
export const asManager = asUser(manager, 'FLEET_MANAGER', fleetId);
export const asMember = asUser(member, 'FLEET_MEMBER', fleetId);
export const asWorkshop = asUser(id(6), 'SERVICE_ADVISOR', workshopOrg);

export const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) =>
  given(Vehicle, ...events).when(type, { vehicleId, ...input }, world);
/** The history one accepted command later. */
export const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
