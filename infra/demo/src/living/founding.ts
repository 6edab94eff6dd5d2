import { type Actor, systemActor } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { orgs as personaOrgs, personas } from '../personas.ts';
import type { Story } from '../sim/play.ts';
import { fileOf, sha256Of } from '../world/files.ts';
import type { Workshop } from './cast.ts';
import { services } from './goods.ts';
import { businessNoOf, type Org, type Person } from './people.ts';
import { nextDay } from './seasons.ts';
import { later, tell, type World } from './world.ts';

const mailOf = (handle: string): string => `${handle}@example.com`;
const asSelf = ({ userId }: Person): Actor => ({ kind: 'user', id: userId, role: 'ANYONE' });

/** Everybody registers and is verified; one tries a second time with the same address. */
export function* accounts(w: World, at: string, people: readonly Person[]): Story {
  for (const [index, person] of people.entries()) {
    const { handle, userId, name } = person;
    const phone = `010-0000-${String(index % 10_000).padStart(4, '0')}`;
    const told = { userId, emailHash: sha256Of(mailOf(handle)), personRef: `person-${userId}`, locale: 'ko' };
    yield tell(at, asSelf(person), 'RegisterUser', { ...told, person: { name, phone, email: mailOf(handle) } });
    yield tell(at, systemActor(), 'VerifyUser', { userId, method: 'email' });
  }
  const twin = { userId: w.id('user/twin'), personRef: 'person-twin', locale: 'ko' };
  const emailHash = sha256Of(mailOf(people[0]?.handle ?? ''));
  const actor: Actor = { kind: 'user', id: twin.userId, role: 'ANYONE' };
  yield tell(at, actor, 'RegisterUser', { ...twin, emailHash }, { may: ['EMAIL_TAKEN'] });
}

export function* organisation(at: string, org: Org, members: readonly Person[]): Story {
  const { orgId, kind, name, address, businessNo, founder } = org;
  const registered = { orgId, kind, name, businessNo, address, ownerUserId: founder.userId };
  yield tell(at, kind === 'platform' ? systemActor() : asSelf(founder), 'RegisterOrganization', registered);
  const evidence = [fileOf(`org/${org.key}/registration.pdf`)];
  yield tell(later(at, 30), systemActor(), 'VerifyOrganization', { orgId, evidence });
  for (const person of members) {
    const inviteId = idOf(`invite/${person.handle}`);
    const roles = [person.actor.role];
    const invite = { orgId, inviteId, emailHash: sha256Of(mailOf(person.handle)), roles, expiresAt: later(at, 10_080) };
    yield tell(later(at, 60), founder.actor, 'InviteMember', invite);
    yield tell(later(at, 65), asSelf(person), 'AcceptInvite', { orgId, inviteId, userId: person.userId });
  }
}

/** Demo users who are not in the district's own cast: the platform's people. */
export function* platform(w: World, at: string): Story {
  if (w.district !== 0) return;
  const asPerson = ({ user, userId, name, role, org }: (typeof personas)[number]): Person => ({
    ...{ handle: user, userId, name: name.ko },
    actor: { kind: 'user', id: userId, role, ...(org && { orgId: org.id }) },
  });
  const absent = personas.filter(({ user }) => !w.cast.people.some(({ handle }) => handle === user)).map(asPerson);
  yield* accounts(w, at, absent);
  const founder = absent.find(({ handle }) => handle === 'admin');
  if (!founder) return;
  const of = (orgId: string) => absent.filter((person) => person !== founder && person.actor.orgId === orgId);
  const { id: orgId, name } = personaOrgs.cargoro;
  const cargoro = { key: 'cargoro', orgId, kind: 'platform' as const, name: name.ko, address: '서울 강남구 이음로 1' };
  yield* organisation(at, { ...cargoro, businessNo: businessNoOf('999010001'), founder }, of(orgId));
}

const menuOf = Object.entries(services).map(([serviceCode, { name, hours, exempt, needs }]) => ({
  ...{ serviceCode, name, standardHours: hours, partsHint: needs.map(({ prefix }) => prefix), estimateExempt: exempt },
}));

/** A garage opens: hours, bays, rates, menu, technicians. */
export function* garage(w: World, at: string, shop: Workshop): Story {
  const { workshopId, org, geo, bays, rates, technicians } = shop;
  const today = w.seasons.days[1] ?? '';
  const owner = org.founder.actor;
  const say = (type: string, input: object, may?: readonly string[]) =>
    tell(at, owner, type, { workshopId, ...input }, { may });
  const no = String(1000 + w.district * 100 + w.cast.workshops.indexOf(shop));
  yield say('RegisterWorkshop', {
    ...{
      orgId: org.orgId,
      name: org.name,
      class: shop.shop.class,
      repairRegNo: `제2018-${org.address.slice(0, 2)}-${no}호`,
    },
    ...{ address: org.address, geo, phone: `02-000-${no}` },
  });
  yield say('OpenWorkshop', {}, ['NO_BAY']);
  yield say('SetHours', {
    weekly: [1, 2, 3, 4, 5, 6].map((weekday) => ({
      weekday,
      opens: '09:00',
      closes: weekday === 6 ? '13:00' : '18:30',
    })),
    ...{ holidays: w.seasons.holidays, effectiveFrom: today },
  });
  for (const [index, { bayId, kind }] of bays.entries())
    yield say('AddBay', { bayId, name: `${index + 1}번 작업대`, kind });
  yield say('PostLaborRate', { category: 'general', ratePerHourKrw: rates.general, effectiveFrom: today });
  yield say('PostLaborRate', { category: 'ev', ratePerHourKrw: rates.ev, effectiveFrom: today });
  yield say('PublishServiceMenu', { menuVersion: 1, items: menuOf, effectiveFrom: today });
  for (const { person, isLead, ev } of technicians)
    yield say('EnrolTechnician', {
      ...{ userId: person.userId, grade: isLead ? '기능장' : '기능사', skills: ['제동', '전기'], evCertified: ev },
    });
  yield say('OpenWorkshop', {});
  for (const supplier of w.cast.suppliers)
    yield tell(at, owner, 'ConnectPartner', {
      ...{ orgId: org.orgId, partnerOrgId: supplier.org.orgId, kind: 'supplier', termsRef: `terms-${org.key}` },
    });
}

/** Papers of those who drive for others, and consent to be located while they do. */
export function* papers(w: World, at: string): Story {
  const { drivers, fleets } = w.cast;
  const validTo = nextDay(w.seasons.days.at(-1) ?? '', 700);
  const members = fleets.flatMap((fleet) => fleet.members);
  for (const person of [...drivers.map((driver) => driver.person), ...members]) {
    const { userId } = person;
    const licence = { userId, licenceClass: 'class1Ordinary', numberHash: sha256Of(`licence/${userId}`), validTo };
    yield tell(at, asSelf(person), 'RecordLicence', licence);
  }
  for (const { person } of drivers) {
    const { userId } = person;
    const policy = { userId, insurer: '든든손해보험', policyHash: sha256Of(`policy/${userId}`), validTo };
    yield tell(at, asSelf(person), 'RecordTransportInsurance', policy);
    yield tell(at, asSelf(person), 'RecordConsent', { userId, kind: 'location', version: '2025-01', granted: true });
  }
}
