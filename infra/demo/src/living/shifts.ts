import type { Story } from '../sim/play.ts';
import type { Driver } from './cast.ts';
import { later, tell, type World } from './world.ts';

/**
 * When drivers begin, in minutes after midnight, dealt out in turn so that each district has somebody at every hour; each
 * keeps to the same hours, for there have to be eight between shifts.
 */
const hours = [360, 600, 360, 740, 480] as const;

/** A driver's shift: on line, a break, and home once the car in hand is delivered. */
export function* shift(w: World, driver: Driver, day: string): Story {
  const { actor, userId } = driver.person;
  const draws = w.draws(`shift/${userId}/${day}`);
  const turn = w.cast.drivers.indexOf(driver) % hours.length;
  const begins = (hours[turn] ?? hours[0]) + draws.int(0, 15);
  const ref = { driverId: userId, day };
  const say = (at: string, type: string, input: object = {}, may?: readonly string[]) =>
    tell(at, actor, type, { ...ref, ...input }, { may });
  const at = w.seasons.at(day, begins);
  const geo = w.cast.workshops[0]?.geo;
  if (draws.chance(0.01)) yield say(at, 'StartShift', { at, geo, consentVersion: '2024-01' }, ['CONSENT_MISSING']);
  const begun = yield say(at, 'StartShift', { at, geo, consentVersion: '2025-01' }, ['REST_TOO_SHORT']);
  if (begun.code) return;
  driver.state = 'free';
  yield { at: later(at, draws.int(200, 280)) };
  if (driver.state === 'free') {
    driver.state = 'asked';
    const rest = yield say(w.seasons.at(day, begins + 285), 'StartBreak', { kind: 'meal' });
    yield say(later(rest.at, draws.int(30, 50)), 'EndBreak');
    driver.state = 'free';
  }
  yield { at: w.seasons.at(day, begins + 530) };
  driver.isLeaving = true;
  let end = w.seasons.at(day, begins + 540);
  const isBusy = () => driver.state !== 'free';
  const hasJob = () => driver.state === 'busy';
  yield { at: end };
  if (hasJob() && draws.chance(0.1)) yield say(end, 'EndShift', { at: end }, ['ACTIVE_DELIVERY']);
  while (isBusy()) {
    end = later(end, 10);
    yield { at: end };
  }
  yield say(end, 'EndShift', { at: end });
  driver.state = 'off';
  driver.isLeaving = false;
}
