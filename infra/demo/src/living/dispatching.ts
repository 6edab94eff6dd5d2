import { processActor } from '@cargoro/domain';
import type { Draws } from '../sim/draws.ts';
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
type Found = { readonly driver: Driver; readonly at: string };
/** A search while it is under way. */
type Searching = Pick<Search, 'deliveryId' | 'path'> & {
  readonly w: World;
  readonly draws: Draws;
  say(
    moment: string,
    by: Parameters<typeof tell>[1],
    type: string,
    input?: object,
    may?: readonly string[],
  ): ReturnType<typeof tell>;
};

const process = processActor('dispatch');
const roundMinutes = 5;
/** Drivers there is time to ask in a round, for most think it over. */
const askedInRound = [
  [2, 66],
  [3, 34],
] as const;
const answers = [
  ['accept', 66],
  ['decline', 22],
  ['expire', 12],
] as const;

/** Offers the job in two rounds, the second at a higher fare (P4); in the end a dispatcher gives it to somebody. */
export function* findDriver(w: World, search: Search, at: string): Act<Found & { readonly totalKrw: number }> {
  const { deliveryId, path, fare, journey } = search;
  const s: Searching = {
    ...{ w, deliveryId, path, draws: w.draws(`${path}/dispatch`) },
    say: (moment, by, type, input = {}, may) =>
      tell(moment, by, type, { deliveryId, ...input }, { may, correlationId: journey }),
  };
  const first = yield* round(s, 1, at);
  if (first.driver) return { ...first, totalKrw: fare.totalKrw };
  const extra = Math.round(fare.baseKrw / 10_000) * 1_000;
  const totalKrw = fare.totalKrw + extra;
  const surcharges = [...fare.surcharges, { kind: 'redispatch', krw: extra }];
  const raised = yield s.say(first.at, process, 'AgreeFare', { ...fare, surcharges, totalKrw });
  const second = yield* round(s, 2, raised.at);
  if (second.driver) return { ...second, totalKrw };
  const exhausted = yield s.say(later(second.at, 5), process, 'ExhaustDispatch');
  return { ...(yield* assign(s, exhausted.at)), totalKrw };
}

/** One free driver after the other, as far as there is time. */
function* round(
  s: Searching,
  no: 1 | 2,
  at: string,
): Act<Found | { readonly driver?: undefined; readonly at: string }> {
  const ends = later(at, roundMinutes);
  let moment = at;
  for (let left = s.draws.weighted(askedInRound); left > 0; left--) {
    const found = yield* free(s, moment, ends);
    if (!found.driver) return found;
    const answered = yield* offer(s, found.driver, { no, offerId: s.w.id(`${s.path}/offer/${no}/${left}`) }, found.at);
    if (answered.isTaken) return { driver: found.driver, at: answered.at };
    moment = answered.at;
  }
  return { at: moment };
}

/** Somebody who has no job in hand, as soon as there is one; nobody when the time is up. */
function* free(
  { w, draws }: Searching,
  at: string,
  ends?: string,
): Act<Found | { readonly driver?: undefined; readonly at: string }> {
  for (let moment = at; ; moment = later(moment, 1)) {
    yield { at: moment };
    const drivers = w.cast.drivers.filter(({ state, isLeaving }) => state === 'free' && !isLeaving);
    const driver = drivers[Math.floor(draws.next() * drivers.length)];
    if (driver) {
      driver.state = 'asked';
      return { driver, at: moment };
    }
    if (ends !== undefined && moment >= ends) return { at: moment };
  }
}

function* offer(
  { say, draws }: Searching,
  driver: Driver,
  { no, offerId }: { readonly no: number; readonly offerId: string },
  at: string,
): Act<{ readonly isTaken: boolean; readonly at: string }> {
  const { userId: driverId, actor } = driver.person;
  const made = { offerId, driverId, round: no, expiresAt: later(at, 1) };
  const asked = yield say(at, process, 'OfferToDriver', made);
  const answer = draws.weighted(answers);
  if (answer === 'accept') {
    const told = yield say(later(asked.at, 0.5), actor, 'AcceptOffer', { offerId, driverId });
    driver.state = 'busy';
    return { isTaken: true, at: told.at };
  }
  let moment: string;
  if (answer === 'decline') {
    const reason = draws.pick(['너무 멉니다.', '곧 근무가 끝납니다.', '식사 중입니다.']);
    moment = (yield say(later(asked.at, 0.5), actor, 'DeclineOffer', { offerId, reason })).at;
  } else {
    moment = (yield say(later(asked.at, 1.1), process, 'ExpireOffer', { offerId })).at;
    if (draws.chance(0.2))
      yield say(later(moment, 0.2), actor, 'AcceptOffer', { offerId, driverId }, ['OFFER_EXPIRED', 'FORBIDDEN']);
  }
  driver.state = 'free';
  return { isTaken: false, at: moment };
}

/** A dispatcher gives the job to whoever is free next. */
function* assign(s: Searching, at: string): Act<Found> {
  const { w, draws, say } = s;
  const { driver, at: moment } = yield* free(s, later(at, 5));
  if (!driver) throw new Error(`Nobody was ever free for ${s.path}`);
  const dispatcher = draws.pick(w.cast.dispatchers);
  const given = { driverId: driver.person.userId, dispatcherId: dispatcher.userId, reason: '직접 배정' };
  const told = yield say(moment, dispatcher.actor, 'AssignDriver', given);
  driver.state = 'busy';
  return { driver, at: told.at };
}
