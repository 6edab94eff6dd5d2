import { Organization } from '../core/organization/organization.ts';
import { Vehicle } from '../fleet/vehicle/vehicle.ts';
import { aggregates } from '../index.ts';
import type { Accepted, AnyAggregate, AnyEvent } from '../kit/index.ts';
import { given, type World } from '../kit/testing.ts';
import { Workshop } from './workshop/workshop.ts';

/** A small world for tests of the repair context: one workshop that is open, with two technicians and a bay. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const ids = {
  workshop: id(1),
  workshopOrg: id(2),
  bay: id(3),
  owner: id(10),
  advisor: id(11),
  mechanic: id(12),
  lead: id(13),
  vehicle: id(20),
  customer: id(21),
  fleetOrg: id(22),
  approver: id(23),
} as const;

/** What a decision asks of other streams must be commands they know, with data they take. */
export const parseSteps = ({ before, after }: Accepted<AnyEvent>): void => {
  const undone = before.flatMap(({ undo }) => undo ?? []);
  for (const { aggregate, type, data } of [...before, ...undone, ...after]) {
    const def = aggregates.find(({ name }) => name === aggregate)?.commands[type];
    if (!def) throw new Error(`${aggregate} has no command ${type}`);
    def.input.parse(data);
  }
};

/** Continues a history by commands; each must be accepted. */
export const tell = (
  aggregate: AnyAggregate,
  events: readonly AnyEvent[],
  commands: readonly (readonly [type: string, data: Record<string, unknown>])[],
  world: World = {},
): readonly AnyEvent[] => {
  let log = events;
  for (const [type, data] of commands) {
    const { decision } = given(aggregate, ...log).when(type, data, world);
    if (!decision.ok) throw new Error(`${type} was refused: ${decision.code}`);
    parseSteps(decision);
    log = log.concat(decision.events);
  }
  return log;
};

const member = (orgId: string, userId: string, ...roles: string[]): AnyEvent => ({
  type: 'MemberAdded',
  data: { orgId, userId, roles },
});
export const organization = (orgId: string, kind: string, ...members: AnyEvent[]): AnyEvent[] => [
  {
    type: 'OrganizationRegistered',
    data: {
      orgId,
      kind,
      name: '가온오토케어',
      businessNo: '999-11-11111',
      address: '서울',
      ownerUserId: ids.owner,
      parties: [],
    },
  },
  member(orgId, ids.owner, kind === 'fleet' ? 'FLEET_MANAGER' : 'WORKSHOP_OWNER'),
  ...members,
  { type: 'OrganizationVerified', data: { orgId, evidence: [] } },
];

const workshopId = ids.workshop;
export const organizationFacts = [
  {
    aggregate: Organization,
    id: ids.workshopOrg,
    events: organization(
      ids.workshopOrg,
      'workshop',
      member(ids.workshopOrg, ids.advisor, 'SERVICE_ADVISOR'),
      member(ids.workshopOrg, ids.mechanic, 'TECHNICIAN'),
      member(ids.workshopOrg, ids.lead, 'LEAD_TECHNICIAN'),
    ),
  },
  {
    aggregate: Organization,
    id: ids.fleetOrg,
    events: organization(ids.fleetOrg, 'fleet', member(ids.fleetOrg, ids.approver, 'FLEET_APPROVER')),
  },
];
export const register = {
  workshopId,
  orgId: ids.workshopOrg,
  name: '가온오토케어 강남',
  class: 'specialist',
  repairRegNo: '제2018-강남-0123호',
  address: '서울 강남구 새벽로 1',
  geo: { lat: 37.498, lon: 127.028 },
  phone: '02-000-0001',
};
const item = (serviceCode: string, standardHours: number, estimateExempt = false) => ({
  serviceCode,
  name: serviceCode,
  standardHours,
  estimateExempt,
});
export const menu = {
  workshopId,
  menuVersion: 1,
  items: [item('OIL', 0.4, true), item('PADF', 0.9), item('DIAG', 0.7)],
  effectiveFrom: '2025-06-01',
};
export const hours = {
  workshopId,
  weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '18:30' })),
  holidays: ['2025-07-04'],
  effectiveFrom: '2025-06-01',
};
const worldBefore: World = { now: '2025-06-01T00:00:00.000Z', facts: organizationFacts };

/** The workshop's stream up to its opening. 2025-06-30 is a Monday. */
export const workshopEvents = tell(
  Workshop,
  [],
  [
    ['RegisterWorkshop', register],
    ['SetHours', hours],
    ['AddBay', { workshopId, bayId: ids.bay, name: '1번 리프트', kind: 'lift' }],
    ['PostLaborRate', { workshopId, category: 'general', ratePerHourKrw: 50_000, effectiveFrom: '2025-06-01' }],
    ['PublishServiceMenu', menu],
    ['EnrolTechnician', { workshopId, userId: ids.mechanic, grade: '기능사', skills: ['제동'], evCertified: false }],
    ['EnrolTechnician', { workshopId, userId: ids.lead, grade: '기능장', skills: [], evCertified: true }],
    ['OpenWorkshop', { workshopId }],
  ],
  worldBefore,
);
export const workshopFact = { aggregate: Workshop, id: workshopId, events: workshopEvents };

/** A car of three and a half years with 42,000 km on the clock; `owner` is a private person unless told otherwise. */
export const vehicleFact = (
  vehicleId: string = ids.vehicle,
  {
    owner = { kind: 'user', id: ids.customer } as { kind: string; id: string },
    fuel = 'gasoline',
    firstRegisteredOn = '2021-12-01',
    odometerKm = 42_000,
  } = {},
) => ({
  aggregate: Vehicle,
  id: vehicleId,
  events: [
    {
      type: 'VehicleRegistered',
      data: {
        vehicleId,
        plate: '12가3456',
        plateColour: 'white',
        vin: 'KMHXX00XXXX900001',
        make: '현대',
        model: '아반떼',
        modelYear: 2022,
        fuel,
        usage: 'private',
        bodyKind: 'car',
        firstRegisteredOn,
        owner,
        odometerKm,
        parties: [{ ...owner, as: 'owner' }],
      },
    },
  ],
});

/** An appointment that was asked for, as its stream begins. */
export const requestedReservation = (reservationId: string, more: object = {}) => ({
  type: 'ReservationRequested',
  data: {
    ...{ reservationId, workshopId: ids.workshop, workshopOrgId: ids.workshopOrg, vehicleId: ids.vehicle },
    ...{ requester: { kind: 'owner', id: ids.customer }, services: [{ code: 'OIL' }], complaint: '', parties: [] },
    wanted: [{ from: '2025-06-30T01:00:00.000Z', to: '2025-06-30T03:00:00.000Z' }],
    ...{ pickupWanted: false, returnWanted: false },
    vehicle: { plate: '12가3456', make: '현대', model: '아반떼', modelYear: 2021 },
    ...more,
  },
});
