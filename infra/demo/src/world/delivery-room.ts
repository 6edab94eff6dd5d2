import { idOf } from '../ids.ts';
import { orgs } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, cars } from './cast.ts';
import { fileOf, sha256Of } from './files.ts';
import type { Script } from './script.ts';

const slots = ['front', 'rear', 'left', 'right', 'dash'] as const;
const office = { lat: 37.554, lon: 126.91 };
const depot = { lat: 37.498, lon: 127.028 };

/** A driver on shift, one car brought this morning, one on its way to be accepted, one nobody has taken yet. */
export const deliveryRoom = (script: Script, { daysAgo, ago, day }: Calendar): void => {
  const story = script.story('delivery');
  const [dispatcher, driver, fleet] = [as('baro.dispatcher'), as('baro.driver'), as('hangyeol.manager')];
  const account = { userId: driver.id };
  const self = { ...driver, role: 'ANYONE' as const };
  story.tell(daysAgo(3, 250), self, 'RecordLicence', {
    ...{ ...account, licenceClass: 'class1Ordinary', numberHash: sha256Of('licence'), validTo: day(900) },
  });
  story.tell(daysAgo(3, 249), self, 'RecordTransportInsurance', {
    ...{ ...account, insurer: '든든손해보험', policyHash: sha256Of('policy'), validTo: day(200) },
  });
  story.tell(daysAgo(3, 248), self, 'RecordConsent', {
    ...{ ...account, kind: 'location', version: '2025-01', granted: true },
  });
  const shift = { driverId: driver.id, day: day(0) };
  story.tell(
    ago(330),
    driver,
    'StartShift',
    { ...shift, at: ago(330), geo: office, consentVersion: '2024-01' },
    'CONSENT_MISSING',
  );
  story.tell(ago(329), driver, 'StartShift', { ...shift, at: ago(329), geo: office, consentVersion: '2025-01' });

  const delivery = (key: 'sedan' | 'sport' | 'truck', no: number, asked: number) => {
    const deliveryId = idOf(`delivery/${key}`);
    const tell = (at: string, by: typeof driver, type: string, input: object = {}) =>
      story.tell(at, by, type, { deliveryId, ...input });
    const place = (geo: typeof office, ref: string, from: number) => ({
      ...{
        addressRef: `address-${ref}`,
        contactRef: `contact-${ref}`,
        geo,
        window: { from: ago(from), to: ago(from - 120) },
      },
    });
    const photos = (at: string) => slots.map((slot) => ({ ...fileOf(`delivery/${key}/${at}/${slot}.jpg`), slot }));
    const km = cars[key].odometerKm + 40;
    const offerId = story.id(`offer/${key}`);
    const org = { kind: 'org', id: orgs.hangyeol.id };
    return {
      tell,
      request: () => {
        tell(ago(asked), fleet, 'RequestDelivery', {
          ...{ number: `DL-${day(0).slice(2, 4)}-${String(no).padStart(6, '0')}`, vehicleId: cars[key].vehicleId },
          ...{ requester: org, payer: org, kind: 'relocation', mode: 'road', transportOrgId: orgs.baro.id },
          ...{ pickup: place(office, 'office', asked - 20), dropoff: place(depot, 'depot', asked - 80) },
        });
        tell(ago(asked - 1), dispatcher, 'AgreeFare', {
          ...{ distanceKm: 15, baseKrw: 16_000, surcharges: [], totalKrw: 16_000 },
        });
      },
      offer: () =>
        tell(ago(asked - 2), dispatcher, 'OfferToDriver', {
          ...{ offerId, driverId: driver.id, round: 1, expiresAt: ago(asked - 62) },
        }),
      accept: () => tell(ago(asked - 3), driver, 'AcceptOffer', { offerId, driverId: driver.id }),
      inspect: (at: number) =>
        tell(ago(at), driver, 'InspectAtPickup', {
          ...{
            odometerKm: km,
            fuelPct: 55,
            photos: photos('pickup'),
            giver: 'person-giver',
            signature: fileOf(`${key}/giver.png`),
          },
        }),
      handOver: (at: number) =>
        tell(ago(at), driver, 'CompleteHandover', {
          ...{
            odometerKm: km + 15,
            photos: photos('dropoff'),
            receiver: 'person-receiver',
            signature: fileOf(`${key}/receiver.png`),
          },
        }),
    };
  };
  const done = delivery('truck', 1, 300);
  done.request();
  done.offer();
  done.accept();
  done.tell(ago(290), driver, 'StartToPickup');
  done.tell(ago(275), driver, 'ArriveAtPickup', { geo: office });
  done.inspect(268);
  done.tell(ago(265), driver, 'Depart');
  done.tell(ago(225), driver, 'ArriveAtDropoff', { geo: depot });
  done.handOver(218);
  const offered = delivery('sedan', 2, 12);
  offered.request();
  offered.offer();
  delivery('sport', 3, 8).request();
};
