import { Organization } from '../core/organization/organization.ts';
import { UserAccount } from '../core/user-account/user-account.ts';
import { Claim } from '../kit/index.ts';
import type { World } from '../kit/testing.ts';
import { id, organization, vehicleFact } from '../repair/sample-world.ts';
import { DriverShift } from './driver-shift/driver-shift.ts';

/** Drivers of one transport company for the tests of the delivery context; the second one has no valid papers. */
export const driverId = id(1);
export const rivalId = id(2);
export const paperlessId = id(3);
export const transportOrg = id(30);
export const dispatcherId = id(31);
const member = (userId: string, role: string) => ({
  type: 'MemberAdded',
  data: { orgId: transportOrg, userId, roles: [role] },
});

const account = (userId: string, validTo: string, licenceClass = 'class1Ordinary') => ({
  aggregate: UserAccount,
  id: userId,
  events: [
    {
      type: 'UserRegistered',
      data: { userId, emailHash: 'a'.repeat(64), personRef: userId, locale: 'ko', parties: [] },
    },
    { type: 'LicenceRecorded', data: { userId, licenceClass, numberHash: 'b'.repeat(64), validTo } },
    {
      type: 'TransportInsuranceRecorded',
      data: { userId, insurer: '한빛손해보험', policyHash: 'c'.repeat(64), validTo },
    },
    { type: 'ConsentRecorded', data: { userId, kind: 'location', version: '2025-01', granted: true } },
  ],
});
export const accounts = [
  account(driverId, '2025-12-31'),
  account(rivalId, '2025-12-31', 'class2Ordinary'),
  account(paperlessId, '2025-06-29'),
];
export const transportFact = {
  aggregate: Organization,
  id: transportOrg,
  events: organization(
    transportOrg,
    'transport',
    member(driverId, 'DRIVER'),
    member(rivalId, 'DRIVER'),
    member(paperlessId, 'DRIVER'),
    member(dispatcherId, 'DISPATCHER'),
  ),
};
export const shift = (of: string = driverId) => ({ driverId: of, day: '2025-06-30', n: 1 });
export const start = (of: string = driverId) => ({
  ...shift(of),
  at: '2025-06-30T00:00:00.000Z',
  geo: { lat: 37.5, lon: 127.03 },
  consentVersion: '2025-01',
});
export const started = (of: string = driverId) => [{ type: 'ShiftStarted', data: { ...start(of), parties: [] } }];
/** The driver's shift, and the claim by which it is found. */
export const shiftFacts = (
  of: string = driverId,
  events: readonly { type: string; data: Record<string, unknown> }[] = started(of),
) => {
  const holder = `${of}.20250630.1`;
  return [
    { aggregate: DriverShift, id: holder, events },
    {
      aggregate: Claim,
      id: `driverShift.${of}`,
      events: [{ type: 'ClaimConfirmed', data: { kind: 'driverShift', value: of, holder } }],
    },
  ];
};
export const world: World = { now: '2025-06-30T00:10:00.000Z', facts: [...accounts, transportFact, vehicleFact()] };
