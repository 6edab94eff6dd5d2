import { plusDays, seoulDay } from '@cargoro/domain';
import { sha256 } from '@cargoro/infra/ids';
import { fileOf, idOf, type Org, type Person, people, privately } from './cast.ts';
import type { Story } from './client.ts';

/** What a story is told with: people, and what time it is. */
export type Stage = Pick<Story, 'as'> & { readonly now: () => string };
/** A business day in Seoul, so many days from today. */
export const dayOf = ({ now }: Pick<Stage, 'now'>, days = 0): string => seoulDay(plusDays(now(), days));

/** Somebody opens an account, and the platform makes sure who it is. */
export const signUp = async ({ as }: Stage, who: Person): Promise<void> => {
  const { userId, user, name } = who;
  const account = { userId, emailHash: sha256(`${user}@example.com`), personRef: userId, locale: 'ko' };
  const phone = `010-0000-${String(parseInt(userId.slice(0, 4), 16) % 10_000).padStart(4, '0')}`;
  await as(privately(who)).command('RegisterUser', { ...account, person: { name: name.ko, phone } });
  await as(people.admin).command('VerifyUser', { userId, method: 'email' });
};

/** An organisation with the people who work there; the first of them founds it and invites the others. */
export const found = async (stage: Stage, org: Org, [founder, ...staff]: readonly [Person, ...Person[]]) => {
  const { as } = stage;
  const { id: orgId, kind, name, businessNo } = org;
  await signUp(stage, founder);
  const registration = { orgId, kind, name, businessNo, address: '서울', ownerUserId: founder.userId };
  await as(privately(founder)).command('RegisterOrganization', registration);
  await as(people.admin).command('VerifyOrganization', { orgId, evidence: [fileOf(`${org.slug}.pdf`)] });
  await Promise.all(staff.map((one) => hire(stage, founder, one)));
};

/** Somebody signs up, is invited and joins. */
export const hire = async (stage: Stage, founder: Person, one: Person): Promise<void> => {
  const { as, now } = stage;
  await signUp(stage, one);
  const invite = { orgId: founder.orgId, inviteId: idOf(`invite/${one.user}`) };
  await as(founder).command('InviteMember', {
    ...{ ...invite, emailHash: sha256(`${one.user}@example.com`), roles: [one.role], expiresAt: plusDays(now(), 7) },
  });
  await as(privately(one)).command('AcceptInvite', { ...invite, userId: one.userId });
};

/** A workshop’s id is that of its own store too. */
export const workshopId = idOf('workshop');
export const bayId = idOf('bay/1');
export const garagePlace = { lat: 37.498, lon: 127.028 };
/** Hours of the work the workshop offers, and what an hour costs. */
export const menu = { OIL: 0.5, PADF: 0.9, BATT: 0.4, AC: 1.5 } as const;
export const ratePerHourKrw = 50_000;

/** The owner of a workshop opens it: one bay, open every day, with these technicians. */
export const openWorkshop = async (stage: Stage, technicians: readonly Person[], hours = ['09:00', '18:00']) => {
  const owner = stage.as(people.owner);
  const { id: orgId, name } = people.owner.org ?? { id: '', name: '' };
  const today = dayOf(stage);
  await owner.command('RegisterWorkshop', {
    ...{ workshopId, orgId, name: `${name} 강남점`, class: 'specialist', repairRegNo: '제2018-강남-0791호' },
    ...{ address: '서울 강남구 새봄길 1', geo: garagePlace, phone: '02-000-0791' },
  });
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: hours[0], closes: hours[1] }));
  await owner.command('SetHours', { workshopId, weekly, effectiveFrom: today });
  await owner.command('AddBay', { workshopId, bayId, name: '1번 작업대', kind: 'lift' });
  await owner.command('PostLaborRate', { workshopId, category: 'general', ratePerHourKrw, effectiveFrom: today });
  const items = Object.entries(menu).map(([serviceCode, standardHours]) => ({
    ...{ serviceCode, name: serviceCode, standardHours },
  }));
  await owner.command('PublishServiceMenu', { workshopId, menuVersion: 1, items, effectiveFrom: today });
  for (const { userId } of technicians) await owner.command('EnrolTechnician', { workshopId, userId, grade: '기능장' });
  await owner.command('OpenWorkshop', { workshopId });
};

/** A car of a private person or, by its manager, of a fleet. */
export const registerCar = async (stage: Stage, keeper: Person, car: string, more: Record<string, unknown> = {}) => {
  const vehicleId = idOf(`car/${car}`);
  const owner = keeper.org ? { kind: 'org', id: keeper.org.id } : { kind: 'user', id: keeper.userId };
  await stage.as(keeper).command('RegisterVehicle', {
    ...{ vehicleId, owner, plate: '219가7791', plateColour: 'white', vin: 'KMHXX00XXXX797701', make: '현대' },
    ...{ model: '아반떼', modelYear: 2024, fuel: 'gasoline', usage: 'private', bodyKind: 'car' },
    ...{ firstRegisteredOn: '2024-03-02', odometerKm: 42_000, ...more },
  });
  return vehicleId;
};

/** A driver with papers and consent goes on shift. */
export const goOnline = async (stage: Stage, driver: Person): Promise<void> => {
  const { userId } = driver;
  const self = stage.as(privately(driver));
  const validTo = dayOf(stage, 300);
  const numberHash = sha256(`licence ${userId}`);
  await self.command('RecordLicence', { userId, licenceClass: 'class1Ordinary', numberHash, validTo });
  await self.command('RecordTransportInsurance', { userId, insurer: '든든손해보험', policyHash: numberHash, validTo });
  await self.command('RecordConsent', { userId, kind: 'location', version: '2025-01', granted: true });
  await stage.as(driver).command('StartShift', {
    ...{ driverId: userId, day: dayOf(stage), n: 1, at: stage.now(), geo: garagePlace, consentVersion: '2025-01' },
  });
};
