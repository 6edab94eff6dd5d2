import { plusHours, plusMinutes } from '@cargoro/domain';
import { fileOf, idOf, orgs, type Person, people } from './cast.ts';
import { garagePlace, type Stage } from './founding.ts';

type Geo = { readonly lat: number; readonly lon: number };
const slots = ['front', 'rear', 'left', 'right', 'dash'] as const;
/** The five photos nobody leaves out, as this end of a journey took them. */
export const photosOf = (name: string) => slots.map((slot) => ({ ...fileOf(`${name}/${slot}.jpg`), slot }));

/** Where a private owner’s car stands. */
export const home = { lat: 37.554, lon: 126.91 };

/** An owner has the car moved from home to across town; the fare is agreed and a driver may be found. */
export const requestMove = async ({ as, now }: Stage, requester: Person, vehicleId: string): Promise<string> => {
  const deliveryId = idOf(`delivery/${vehicleId}`);
  const party = { kind: 'user', id: requester.userId };
  const window = (hours: number) => ({ from: plusHours(now(), hours), to: plusHours(now(), hours + 2) });
  await as(requester).command('RequestDelivery', {
    ...{ deliveryId, number: `DL-30-${deliveryId.slice(0, 6)}`, vehicleId, requester: party, payer: party },
    ...{ kind: 'relocation', mode: 'road', transportOrgId: orgs.transport.id },
    pickup: { addressRef: 'home', geo: home, contactRef: 'owner', window: window(1) },
    dropoff: { addressRef: 'across town', geo: garagePlace, contactRef: 'receiver', window: window(3) },
  });
  await as(people.dispatcher).command('AgreeFare', { deliveryId, distanceKm: 15, baseKrw: 20_000, totalKrw: 20_000 });
  return deliveryId;
};

/** The dispatcher offers a job to a driver for some minutes; returns the offer. */
export const offerTo = async ({ as, now }: Stage, deliveryId: string, driver: Person, minutes = 10, round = 1) => {
  const offerId = idOf(`offer/${deliveryId}/${driver.user}/${round}`);
  const expiresAt = plusMinutes(now(), minutes);
  await as(people.dispatcher).command('OfferToDriver', {
    ...{ deliveryId, offerId, driverId: driver.userId, round, expiresAt },
  });
  return offerId;
};

/** A driver takes an offer as it comes in. */
export const take = async ({ as }: Stage, deliveryId: string, driver: Person): Promise<void> => {
  const offered = await as(driver).until<{ id: string; deliveryId: string; open: boolean }>(
    'offerReceived',
    {},
    'id deliveryId open',
    (offer) => offer.open && offer.deliveryId === deliveryId,
  );
  await as(driver).command('AcceptOffer', { deliveryId, offerId: offered.id, driverId: driver.userId });
};

/** Fetches the car: there, photos from all sides, a signature, off. */
export const pickUp = async ({ as }: Stage, deliveryId: string, driver: Person, geo: Geo, odometerKm: number) => {
  const at = as(driver);
  await at.command('StartToPickup', { deliveryId });
  await at.command('ArriveAtPickup', { deliveryId, geo });
  await at.command('InspectAtPickup', {
    ...{ deliveryId, odometerKm, fuelPct: 60, giver: 'giver', photos: photosOf(`${deliveryId}/pickup`) },
    signature: fileOf(`${deliveryId}/giver.png`),
  });
  await at.command('Depart', { deliveryId });
};

/** Hands the car over at the other end. */
export const handOver = async ({ as }: Stage, deliveryId: string, driver: Person, geo: Geo, odometerKm: number) => {
  await as(driver).command('ArriveAtDropoff', { deliveryId, geo });
  await as(driver).command('CompleteHandover', {
    ...{ deliveryId, odometerKm, receiver: 'receiver', photos: photosOf(`${deliveryId}/dropoff`) },
    signature: fileOf(`${deliveryId}/receiver.png`),
  });
};
