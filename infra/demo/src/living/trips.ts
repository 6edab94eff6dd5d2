import type { Story } from '../sim/play.ts';
import type { Act } from './act.ts';
import type { Car } from './cars.ts';
import type { Fleet } from './cast.ts';
import { evaluate } from './fleet-books.ts';
import { read } from './odometer.ts';
import { planVisit } from './rhythm.ts';
import { nextDay } from './seasons.ts';
import { closeMonth } from './trip-month.ts';
import { later, tell, type World } from './world.ts';

/** The trip log of a car while it is kept: the month under way, and up to where its kilometres are told. */
export type Log = { month: string; km: number; unlogged: { fromKm: number; toKm: number; reason: string }[] };
const monthOf = (day: string): string => day.slice(0, 7).replace('-', '');
/** Of trips of its driver; those of others are all business. */
const purposes = [
  ['business', 70.5],
  ['commute', 18.9],
  ['private', 10.6],
] as const;

/** One company car, day by day: its trips, its log, its mileage, and what falls due by it. */
export function* driving(w: World, fleet: Fleet, car: Car): Story {
  const log: Log = { month: '', km: car.km, unlogged: [] };
  let isChained = false;
  for (const day of w.seasons.days.slice(1)) {
    const draws = w.draws(`trips/${car.vehicleId}/${day}`);
    const share = w.seasons.isWorkday(day)
      ? ([
          [1, 75],
          [2, 22],
          [3, 3],
        ] as const)
      : ([
          [0, 92],
          [1, 8],
        ] as const);
    const count = draws.weighted<number>(share);
    if (count > 0) yield { at: w.seasons.at(day, 480 + draws.int(0, 50)) };
    for (let n = 0; n < count; n++) {
      if (n > 0) yield { at: w.seasons.at(day, 480 + n * 240 + draws.int(0, 60)) };
      if (!car.isAway) yield* trip(w, fleet, car, log, day, n);
    }
    if (!day.endsWith('5') && !day.endsWith('0')) continue;
    const at = w.seasons.at(day, 1_250);
    yield { at };
    if (car.isAway || car.isBooked) continue;
    yield* read(w, car, at, 'trip', w.id(`reading/${car.vehicleId}/${day}`), fleet.org.founder.actor);
    const due = isChained ? undefined : yield* evaluate(car, day, later(at, 30));
    if (!due) continue;
    isChained = true;
    planVisit(w, { car, fleet, day, due, onEnd: () => (isChained = false) });
  }
}

/** One trip, and what became of the kilometres before it. */
function* trip(w: World, fleet: Fleet, car: Car, log: Log, day: string, n: number): Act<void> {
  const path = `trip/${car.vehicleId}/${day}/${n}`;
  const draws = w.draws(path);
  const { vehicleId, driver } = car;
  const by = driver.actor;
  const begin = w.seasons.at(day, 485 + n * 240 + draws.int(0, 100));
  const month = monthOf(day);
  yield { at: begin };
  if (car.isAway) return;
  if (log.month !== month) {
    if (log.month) closeMonth(w, fleet, car, { ...log });
    log.month = month;
    log.unlogged = [];
    yield tell(begin, by, 'OpenTripLog', { vehicleId, month, openingKm: log.km, policyId: fleet.policyId });
  }
  const say = (at: string, type: string, input: object, may?: readonly string[]) =>
    tell(at, by, type, { vehicleId, month, ...input }, { may });
  car.isAway = true;
  if (car.km > log.km) yield say(begin, 'LogTrip', movedBefore(w, path, log.km, car, begin));
  const km = Math.max(2, Math.round((car.kmPerDay / 1.5) * (0.6 + draws.next() * 0.8)));
  const [startKm, endKm] = [car.km, car.km + km];
  const end = later(begin, 15 + Math.round(km * 1.4));
  const about = { tripId: w.id(path), userId: driver.userId, department: '영업팀', purpose: draws.weighted(purposes) };
  const done = {
    ...about,
    startKm,
    endKm,
    startedAt: begin,
    endedAt: end,
    to: draws.pick(['거래처', '현장', '본사', '물류센터']),
  };
  // Whoever forgets to write a trip down explains the missing kilometres at the end of the month.
  const isForgotten = draws.chance(0.0053);
  const isEndOfMonth = monthOf(nextDay(day, 4)) !== month;
  if (isForgotten || (draws.chance(0.1) && !isEndOfMonth)) {
    yield { at: end };
    if (isForgotten) log.unlogged.push({ fromKm: startKm, toKm: endKm, reason: '운행 기록을 빠뜨렸습니다.' });
    else write(w, path, say, done, Number(day.slice(8)) < 16 && draws.chance(0.06) ? 9 : draws.int(1, 2));
  } else if (draws.chance(0.15)) {
    yield say(begin, 'StartTrip', { ...about, startKm, at: begin });
    if (draws.chance(0.01))
      yield say(end, 'EndTrip', { tripId: about.tripId, endKm: startKm - 1, at: end }, ['KM_INVERTED']);
    yield say(end, 'EndTrip', { tripId: about.tripId, endKm, at: end, to: done.to });
  } else yield say(end, 'LogTrip', done);
  car.km = endKm;
  log.km = endKm;
  car.isAway = false;
}

/** Driven to a workshop, or by a delivery driver, since its last trip: written down with the next one. */
const movedBefore = (w: World, path: string, startKm: number, { driver, km: endKm }: Car, at: string) => ({
  ...{ tripId: w.id(`${path}/moved`), userId: driver.userId, department: '영업팀', purpose: 'business' },
  ...{ purposeText: '정비·탁송 이동', startKm, endKm, startedAt: later(at, -20), endedAt: later(at, -2), to: '정비소' },
});

type Say = (at: string, type: string, input: object, may?: readonly string[]) => ReturnType<typeof tell>;
/** Written down days later; beyond the policy's days only with a reason. */
const write = (w: World, path: string, say: Say, done: { readonly endedAt: string }, days: number): void => {
  const at = later(done.endedAt, days * 1_440 - 30);
  w.begin(at, `${path}/late`, function* () {
    if (days <= 7) yield say(at, 'LogTrip', done);
    else {
      yield say(at, 'LogTrip', done, ['ENTRY_TOO_LATE']);
      yield say(later(at, 2), 'LogTrip', { ...done, lateReason: '출장 중이었습니다.' });
    }
  });
};
