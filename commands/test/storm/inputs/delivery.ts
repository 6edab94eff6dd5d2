import { cast, drivers, place } from '../cast.ts';
import type { Draw } from '../draw.ts';
import { file } from '../founding.ts';
import { entriesOf, fieldsOf } from '../knowledge.ts';
import { geos } from '../under-way.ts';
import { carOf, kmOf } from './repair.ts';

type Fill = (draw: Draw) => Record<string, unknown>;

const photos = ['front', 'rear', 'left', 'right', 'dash'].map((slot) => ({ ...file, slot }));
const proof = { photos, signature: file, code: undefined };
const openOffer = ({ state, one, actor }: Draw) => {
  const open = entriesOf(state.offers).filter(([, offer]) => offer.state === 'open');
  return one(open.filter(([, { driverId }]) => driverId === actor.id)) ?? one(open) ?? one(entriesOf(state.offers));
};
const offer: Fill = (draw) => {
  const [offerId, { driverId } = {}] = openOffer(draw) ?? [];
  return { offerId, driverId };
};
const shiftDay = ({ record, day }: Draw): string => {
  const [, ymd = ''] = (record?.id ?? '').split('.');
  return ymd ? `${ymd.slice(0, 4)}-${ymd.slice(4, 6)}-${ymd.slice(6)}` : day();
};
const who = ({ actor, one, record }: Draw): string | undefined =>
  record?.id.split('.')[0] ?? (drivers.includes(actor.id) ? actor.id : one(drivers));

/** Deliveries and the shifts of their drivers. */
export const deliveryInputs: Readonly<Record<string, Fill>> = {
  RequestDelivery: (draw) => {
    const vehicleId = draw.one(place.cars);
    const owner = fieldsOf(carOf(draw, vehicleId).owner);
    const requester = { kind: owner.kind ?? 'user', id: owner.id ?? cast.owner.id };
    const window = { from: draw.at(30), to: draw.at(240) };
    const at = (n: 0 | 1) => ({ addressRef: `a${n}`, geo: geos[n], contactRef: 'c', window, codeHash: undefined });
    return {
      ...{ vehicleId, requester, payer: requester, pickup: at(0), dropoff: at(1), links: {} },
      ...{ transportOrgId: place.transport, number: `DL-25-${draw.int(1, 999_999)}` },
    };
  },
  AgreeFare: ({ int, chance }) => {
    const krw = int(1, 9) * 10_000;
    return { baseKrw: krw, surcharges: [], totalKrw: chance(0.9) ? krw : krw + 1 };
  },
  OfferToDriver: ({ one, fresh, at }) => ({
    driverId: one(drivers),
    offerId: fresh(),
    expiresAt: at(one([1, 10, 60])),
  }),
  AcceptOffer: offer,
  DeclineOffer: (draw) => ({ offerId: openOffer(draw)?.[0] }),
  ExpireOffer: (draw) => ({ offerId: openOffer(draw)?.[0] }),
  WithdrawOffer: (draw) => ({ offerId: openOffer(draw)?.[0] }),
  AssignDriver: ({ one }) => ({ driverId: one(drivers), dispatcherId: cast.dispatcher.id }),
  ReleaseDriver: ({ state, one }) => ({ driverId: state.driverId ?? one(drivers) }),
  ArriveAtPickup: ({ state }) => ({ geo: fieldsOf(state.pickup).geo }),
  InspectAtPickup: (draw) => ({ ...proof, odometerKm: kmOf(draw, String(draw.state.vehicleId)) + draw.int(0, 20) }),
  ReviseEta: ({ at, int }) => ({ eta: at(int(1, 90)) }),
  ArriveAtDropoff: ({ state }) => ({ geo: fieldsOf(state.dropoff).geo }),
  CompleteHandover: ({ state, int }) => ({ ...proof, odometerKm: Number(state.odometerOutKm ?? 42_000) + int(0, 20) }),

  PlanShift: (draw) => ({
    driverId: who(draw),
    day: draw.day(draw.int(0, 1)),
    n: draw.int(1, 3),
    from: draw.at(60),
    to: draw.at(300),
  }),
  StartShift: (draw) => ({
    ...{ driverId: who(draw), day: shiftDay(draw), at: draw.now, geo: geos[0], consentVersion: '2025-01' },
    n: Number(draw.record?.id.split('.')[2] ?? draw.int(1, 3)),
  }),
  EndShift: ({ now }) => ({ at: now }),
};
