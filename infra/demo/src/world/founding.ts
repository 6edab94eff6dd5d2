import { type Actor, seoulDay, systemActor } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { orgs, personaOf, personas } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, asPerson, bayOf, cars, companies, extras, people, workshops } from './cast.ts';
import { menu } from './catalogue.ts';
import { fileOf, sha256Of } from './files.ts';
import type { Script } from './script.ts';

const mailOf = (handle: string): string => `${handle}@example.com`;

const accounts = (script: Script, { daysAgo }: Calendar): void => {
  const story = script.story('accounts');
  const at = daysAgo(3, 300);
  people.forEach(({ handle, userId, name }, index) => {
    const person = { name, phone: `010-0000-${String(1000 + index)}`, email: mailOf(handle) };
    const account = {
      userId,
      emailHash: sha256Of(mailOf(handle)),
      personRef: `person-${userId}`,
      locale: 'ko',
      person,
    };
    story.tell(at, asPerson(userId, 'ANYONE'), 'RegisterUser', account);
  });
  for (const { userId } of personas) story.tell(at, systemActor(), 'VerifyUser', { userId, method: 'email' });
  const twin = {
    userId: idOf('user/twin'),
    emailHash: sha256Of(mailOf('owner.kim')),
    personRef: 'person-twin',
    locale: 'ko',
  };
  story.tell(at, asPerson(twin.userId, 'ANYONE'), 'RegisterUser', twin, 'EMAIL_TAKEN');
};

const members: readonly [user: string, role: string, inviter: string][] = [
  ['gaon.advisor', 'SERVICE_ADVISOR', 'gaon.owner'],
  ['gaon.accountant', 'WORKSHOP_ACCOUNTANT', 'gaon.owner'],
  ['gaon.tech', 'TECHNICIAN', 'gaon.owner'],
  ['gaon.lead', 'LEAD_TECHNICIAN', 'gaon.owner'],
  [extras.han.handle, 'TECHNICIAN', 'gaon.owner'],
  [extras.oh.handle, 'TECHNICIAN', 'gaon.owner'],
  ['mapo.advisor', 'SERVICE_ADVISOR', 'mapo.owner'],
  [extras.mapoTech.handle, 'TECHNICIAN', 'mapo.owner'],
  ['gaon.parts', 'PARTS_MANAGER', 'gaon.owner'],
  ['gaon.clerk', 'WAREHOUSE_CLERK', 'gaon.owner'],
  ['hangyeol.approver', 'FLEET_APPROVER', 'hangyeol.manager'],
  ['hangyeol.accountant', 'FLEET_ACCOUNTANT', 'hangyeol.manager'],
  ['hangyeol.driver', 'FLEET_MEMBER', 'hangyeol.manager'],
  ['hangyeol.auditor', 'AUDITOR', 'hangyeol.manager'],
  ['dongbang.sales', 'SUPPLIER_SALES', 'dongbang.manager'],
  ['baro.driver', 'DRIVER', 'baro.dispatcher'],
  ['support', 'PLATFORM_SUPPORT', 'admin'],
  ['platform.auditor', 'PLATFORM_AUDITOR', 'admin'],
  ['analyst', 'ANALYST', 'admin'],
];

const organisations = (script: Script, { daysAgo, anchor }: Calendar): void => {
  const story = script.story('organisations');
  for (const { id: orgId, kind, name, businessNo, address, founder } of companies) {
    const ownerUserId = personaOf(founder).userId;
    const by: Actor = kind === 'platform' ? systemActor() : asPerson(ownerUserId, 'ANYONE');
    story.tell(daysAgo(3, 290), by, 'RegisterOrganization', {
      orgId,
      kind,
      name: name.ko,
      businessNo,
      address,
      ownerUserId,
    });
    story.tell(daysAgo(3, 285), systemActor(), 'VerifyOrganization', {
      orgId,
      evidence: [fileOf(`org/${founder}/registration.pdf`)],
    });
  }
  for (const [handle, role, inviter] of members) {
    const userId = idOf(`user/${handle}`);
    const orgId = personaOf(inviter).org?.id ?? '';
    const inviteId = idOf(`invite/${handle}`);
    const invite = { orgId, inviteId, emailHash: sha256Of(mailOf(handle)), roles: [role], expiresAt: anchor };
    story.tell(daysAgo(3, 280), as(inviter), 'InviteMember', invite);
    story.tell(daysAgo(3, 275), asPerson(userId, 'ANYONE'), 'AcceptInvite', { orgId, inviteId, userId });
  }
};

const shops = {
  gaon: {
    by: 'gaon.owner',
    bays: ['lift', 'lift', 'quick', 'ev'],
    closedOn: [],
    regNo: '제2018-강남-0123호',
    name: '가온오토케어 강남',
    address: '서울 강남구 가온길 12',
    geo: { lat: 37.498, lon: 127.028 },
    phone: '02-000-1021',
    technicians: ['gaon.tech', 'gaon.lead', extras.han.handle, extras.oh.handle],
  },
  mapo: {
    by: 'mapo.owner',
    bays: ['lift', 'quick'],
    closedOn: [0],
    regNo: '제2015-마포-0456호',
    name: '마포한마음정비',
    address: '서울 마포구 한마음로 7',
    geo: { lat: 37.554, lon: 126.91 },
    phone: '02-000-2034',
    technicians: [extras.mapoTech.handle],
  },
} as const;

const garages = (script: Script, { daysAgo }: Calendar): void => {
  for (const key of ['gaon', 'mapo'] as const) {
    const { by, bays, closedOn, technicians, regNo, ...place } = shops[key];
    const { workshopId, rateKrw, evRateKrw } = workshops[key];
    const owner = as(by);
    const from = seoulDay(daysAgo(3, 256));
    const story = script.story(`workshop/${key}`);
    const tell = (minute: number, type: string, input: object, refused?: string) =>
      story.tell(daysAgo(3, minute), owner, type, { workshopId, ...input }, refused);
    tell(260, 'RegisterWorkshop', { ...place, orgId: orgs[key].id, class: 'specialist', repairRegNo: regNo });
    tell(259, 'OpenWorkshop', {}, 'NO_BAY');
    const open = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => !(closedOn as readonly number[]).includes(weekday));
    tell(258, 'SetHours', {
      weekly: open.map((weekday) => ({ weekday, opens: '08:30', closes: '20:00' })),
      effectiveFrom: from,
    });
    bays.forEach((kind, index) => {
      tell(257, 'AddBay', { bayId: bayOf(key, index + 1), name: `${index + 1}번 작업대`, kind });
    });
    tell(256, 'PostLaborRate', { category: 'general', ratePerHourKrw: rateKrw, effectiveFrom: from });
    tell(256, 'PostLaborRate', { category: 'ev', ratePerHourKrw: evRateKrw, effectiveFrom: from });
    tell(255, 'PublishServiceMenu', { menuVersion: 1, items: menu, effectiveFrom: from });
    for (const handle of technicians) {
      const userId = idOf(`user/${handle}`);
      tell(254, 'EnrolTechnician', {
        userId,
        grade: handle.endsWith('lead') ? '기능장' : '기능사',
        skills: ['제동', '전기'],
        evCertified: !handle.endsWith('.oh'),
      });
    }
    tell(250, 'OpenWorkshop', {});
  }
};

const vehicles = (script: Script, { daysAgo, day }: Calendar): void => {
  const story = script.story('vehicles');
  const registration = ({ wmi, ...car }: (typeof cars)[keyof typeof cars], serial: number) => ({
    ...car,
    vin: `${wmi}ZD00XXX${String(9_000_000 + serial)}`,
    usage: 'private',
  });
  const ownerOf = ({ kind, id }: { kind: string; id: string }): Actor =>
    kind === 'org' ? as('hangyeol.manager') : asPerson(id);
  Object.values(cars).forEach((car, index) => {
    story.tell(daysAgo(3, 240), ownerOf(car.owner), 'RegisterVehicle', registration(car, index + 1));
  });
  const { userId } = personaOf('owner.lee');
  const copy = { ...registration(cars.kim, 99), vehicleId: story.id('copy'), owner: { kind: 'user', id: userId } };
  story.tell(daysAgo(3, 239), as('owner.lee'), 'RegisterVehicle', copy, 'PLATE_TAKEN');
  story.tell(daysAgo(3, 230), as('owner.kim'), 'GrantAccess', {
    vehicleId: cars.kim.vehicleId,
    grantId: story.id('grant/kim'),
    grantee: { kind: 'org', id: orgs.gaon.id },
    scope: 'history',
    until: day(180),
  });
  story.tell(daysAgo(3, 229), as('owner.kim'), 'SetReminder', {
    vehicleId: cars.kim.vehicleId,
    reminderId: story.id('reminder/kim'),
    kind: 'service',
    dueKm: 60_000,
    note: '엔진오일 교환',
  });
};

/** Who and what there is before the first customer comes. */
export const foundWorld = (script: Script, calendar: Calendar): void => {
  accounts(script, calendar);
  organisations(script, calendar);
  garages(script, calendar);
  vehicles(script, calendar);
};
