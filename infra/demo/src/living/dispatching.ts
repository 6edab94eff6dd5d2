import { processActor } from '@cargoro/domain';
import type { Act } from './act.ts';
import type { Driver } from './cast.ts';
import type { Fare } from './fares.ts';
import { later, tell, type World } from './world.ts';

type Search = {
  readonly deliveryId: string;
  readonly path: string;
  readonly fare: Fare;
  readonly journey?: string | undefined;
};
type Found = { readonly driver: Driver; readonly at: string; readonly totalKrw: number };
const process = processActor('dispatch');
const mostOffers = 5;

/** Offers the job to one free driver after the other (P4); in the end a dispatcher gives it to somebody. */
export function* findDriver(w: World, { deliveryId, path, fare, journey }: Search, at: string): Act<Found> {
  const draws = w.draws(`${path}/dispatch`);
  const say = (
    moment: string,
    by: Parameters<typeof tell>[1],
    type: string,
    input: object = {},
    may?: readonly string[],
  ) => tell(moment, by, type, { deliveryId, ...input }, { may, correlationId: journey });
  let moment = at;
  let totalKrw = fare.totalKrw;
  for (let offer = 0; offer < 2 * mostOffers; offer++) {
    yield { at: moment };
    const driver = freeDriver(w, draws.next());
    if (!driver) break;
    driver.state = 'asked';
    const round = offer < mostOffers ? 1 : 2;
    if (offer === mostOffers) {
      const extra = Math.round(fare.baseKrw / 10_000) * 1_000;
      totalKrw += extra;
      const surcharges = [...fare.surcharges, { kind: 'redispatch', krw: extra }];
      yield say(moment, process, 'AgreeFare', { ...fare, surcharges, totalKrw });
    }
    const { userId: driverId, actor } = driver.person;
    const offerId = w.id(`${path}/offer/${offer}`);
    const asked = yield say(moment, process, 'OfferToDriver', {
      offerId,
      driverId,
      round,
      expiresAt: later(moment, 1),
    });
    const answer = draws.weighted([
      ['accept', 66],
      ['decline', 22],
      ['expire', 12],
    ] as const);
    if (answer === 'accept') {
      const told = yield say(later(asked.at, 0.5), actor, 'AcceptOffer', { offerId, driverId });
      driver.state = 'busy';
      return { driver, at: told.at, totalKrw };
    }
    if (answer === 'decline') {
      const reason = draws.pick(['너무 멉니다.', '곧 근무가 끝납니다.', '식사 중입니다.']);
      moment = (yield say(later(asked.at, 0.5), actor, 'DeclineOffer', { offerId, reason })).at;
    } else {
      moment = (yield say(later(asked.at, 1.1), process, 'ExpireOffer', { offerId })).at;
      const late = draws.chance(0.2);
      if (late)
        yield say(later(moment, 0.2), actor, 'AcceptOffer', { offerId, driverId }, ['OFFER_EXPIRED', 'FORBIDDEN']);
    }
    driver.state = 'free';
  }
  yield say(later(moment, 5), process, 'ExhaustDispatch');
  for (moment = later(moment, 10); ; moment = later(moment, 15)) {
    yield { at: moment };
    const driver = freeDriver(w, draws.next());
    if (!driver) continue;
    driver.state = 'asked';
    const dispatcher = draws.pick(w.cast.dispatchers);
    const given = { driverId: driver.person.userId, dispatcherId: dispatcher.userId, reason: '직접 배정' };
    const told = yield say(moment, dispatcher.actor, 'AssignDriver', given);
    driver.state = 'busy';
    return { driver, at: told.at, totalKrw };
  }
}

const freeDriver = (w: World, chance: number): Driver | undefined => {
  const free = w.cast.drivers.filter(({ state, isLeaving }) => state === 'free' && !isLeaving);
  return free[Math.floor(chance * free.length)];
};
