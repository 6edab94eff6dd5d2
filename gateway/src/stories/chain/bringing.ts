import { plusHours, plusMinutes, seoulMinuteOfDay } from '@cargoro/domain';
import { expect } from 'vitest';
import { orgs, people } from '../kit/cast.ts';
import { handOver, offerTo, pickUp, take } from '../kit/delivering.ts';
import { arrangePickups, contractId, fleetOrgId, headOffice, planItem, runFleet } from '../kit/fleet.ts';
import { bayId, dayOf, found, garagePlace, goOnline, openWorkshop, type Stage, workshopId } from '../kit/founding.ts';
import { listPads } from '../kit/supplying.ts';
import type { ChainStage } from './ways.ts';

/** Four organisations, and a car that is a hundred kilometres short of its maintenance. */
export const foundChain = async (stage: ChainStage): Promise<string> => {
  const { owner, advisor, technician, lead, buyer, clerk, cashier } = people;
  await found(stage, orgs.garage, [owner, advisor, technician, lead, buyer, clerk, cashier]);
  await openWorkshop(stage, [technician, lead], ['00:00', '24:00']);
  await found(stage, orgs.supplier, [people.maker, people.sales]);
  await listPads(stage);
  await found(stage, orgs.transport, [people.dispatcher, people.driver]);
  await goOnline(stage, people.driver);
  await found(stage, orgs.pureunsol, [people.manager, people.approver, people.bookkeeper]);
  const vehicleId = await runFleet(stage);
  await arrangePickups(stage);
  const budget = { contractId, year: Number(dayOf(stage).slice(0, 4)), category: 'maintenance', amountKrw: 180_000 };
  await stage.as(people.bookkeeper).command('SetBudget', budget);
  const items = [planItem('OIL', 10_000, 50_000, dayOf(stage, -200)), planItem('PADF', 30_000, 30_000, '2025-01-15')];
  await stage.as(people.manager).command('StartPlan', { vehicleId, templateId: 'standard', items });
  return vehicleId;
};

/** 60,000 km: oil and pads come due, and a journey begins that everything below belongs to. */
export const comeDue = async ({ as, now }: ChainStage, vehicleId: string): Promise<string> => {
  const manager = as(people.manager);
  const soon = await manager.until<{ due: object[] }>(
    'fleetVehiclesChanged',
    { orgId: fleetOrgId },
    'due { itemCode state }',
    ({ due }) => due.length === 2,
  );
  expect(soon.due).toEqual(['OIL', 'PADF'].map((itemCode) => ({ itemCode, state: 'dueSoon' })));
  await manager.command('RecordOdometer', { vehicleId, km: 60_000, source: 'owner', at: now() });
  const { correlationId } = await manager.until<{ correlationId: string; recordId: string }>(
    'eventsAppended',
    { filter: { type: 'MaintenanceDue' } },
    'correlationId recordId',
    ({ recordId }) => recordId === vehicleId,
  );
  return correlationId;
};

type Booking = { id: string; status: string; vehicleId: string; services: object[]; pickupWanted: boolean };

/** The workshop the rules allow was asked for both items; its advisor confirms a time today. */
export const book = async (stage: ChainStage, vehicleId: string): Promise<string> => {
  const { as } = stage;
  const advisor = as(people.advisor);
  const asked = await advisor.until<Booking>(
    'reservationChanged',
    { workshopId },
    'id status vehicleId pickupWanted services { code }',
    (one) => one.vehicleId === vehicleId && one.status === 'proposed',
  );
  expect(asked).toMatchObject({ pickupWanted: true, services: [{ code: 'OIL' }, { code: 'PADF' }] });
  const start = firstFullHour(stage);
  const slot = { bayId, start, end: plusMinutes(start, 90) };
  await advisor.command('ConfirmReservation', { reservationId: asked.id, ...slot, advisorId: advisor.id });
  const plan = await as(people.manager).one('maintenancePlan', { vehicleId }, 'items { itemCode state reservationId }');
  expect(plan).toEqual({
    items: ['OIL', 'PADF'].map((itemCode) => ({ itemCode, state: 'booked', reservationId: asked.id })),
  });
  return asked.id;
};

/** In five hours or a little later, so that there is time to fetch the car, and within one business day. */
const firstFullHour = ({ now }: Stage): string => {
  let at = plusMinutes(`${plusHours(now(), 5).slice(0, 13)}:00:00.000Z`, 60);
  while (seoulMinuteOfDay(at) > 22 * 60) at = plusHours(at, 1);
  return at;
};

type Card = { id: string; status: string; vehicleId: string; kind: string };

/** The fare is agreed and the job offered by themselves; the driver takes it. */
export const findDriver = async (stage: ChainStage, vehicleId: string, kind: 'toWorkshop' | 'fromWorkshop') => {
  const { id } = await stage
    .as(people.dispatcher)
    .until<Card>(
      'dispatchBoardChanged',
      {},
      'id status vehicleId kind',
      (card) => card.vehicleId === vehicleId && card.kind === kind && card.status === 'dispatching',
    );
  // Hours before the car is to be fetched nobody is asked yet: where time is real, the dispatcher offers the job.
  if (!stage.pass) await offerTo(stage, id, people.driver);
  await take(stage, id, people.driver);
  return id;
};

/** The driver fetches the car and brings it to the workshop, where its order is opened for the fleet. */
export const bring = async (stage: ChainStage, vehicleId: string, deliveryId: string): Promise<string> => {
  const { as } = stage;
  await pickUp(stage, deliveryId, people.driver, headOffice, 60_004);
  const earlier = await as(people.driver).refusal('CompleteHandover', {
    ...{ deliveryId, odometerKm: 60_016, receiver: 'receiver', photos: [] },
  });
  expect(earlier).toBe('WRONG_STATE');
  await stage.between?.('the car is on its way');
  await isWith(stage, vehicleId, 'driver', people.driver.userId, 60_004);
  await handOver(stage, deliveryId, people.driver, garagePlace, 60_016);
  const opened = await as(people.advisor).until<{ id: string; status: string }>(
    'workshopBoardChanged',
    { workshopId },
    'id status',
    ({ status }) => status === 'opened',
  );
  const order = await as(people.advisor).one(
    'repairOrder',
    { id: opened.id },
    'deliveryId odometerInKm fuelPct payer { kind id } complaint',
  );
  expect(order).toEqual({
    ...{ deliveryId, odometerInKm: 60_016, fuelPct: 60, payer: { kind: 'fleet', id: fleetOrgId } },
    complaint: '정기 정비: OIL, PADF',
  });
  await isWith(stage, vehicleId, 'workshop', workshopId, 60_016);
  return opened.id;
};

/** Whoever signed last has the car, and its odometer shows what they read. */
export const isWith = async ({ as }: Stage, vehicleId: string, kind: string, holder: string, km: number) => {
  type Car = { id: string; odometerKm: number; custody: { kind: string; id: string } };
  await as(people.manager).until<Car>(
    'fleetVehiclesChanged',
    { orgId: fleetOrgId },
    'id odometerKm custody { kind id } offRoadSince',
    ({ id, odometerKm, custody }) =>
      id === vehicleId && custody.kind === kind && custody.id === holder && odometerKm === km,
  );
};
