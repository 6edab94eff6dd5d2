import type { Car } from './cars.ts';
import type { Fleet } from './cast.ts';
import { nextDay } from './seasons.ts';
import type { Log } from './trips.ts';
import { later, tell, type World } from './world.ts';

/** On the first working days of the next month the log is handed in and closed; a gap is found and explained first. */
export const closeMonth = (w: World, fleet: Fleet, car: Car, { month, km, unlogged }: Log): void => {
  const { vehicleId, driver } = car;
  const first = `${month.slice(0, 4)}-${month.slice(4)}-28`;
  const day = w.seasons.workdayAfter(nextDay(first, 5), 1);
  const draws = w.draws(`month/${vehicleId}/${month}`);
  const at = w.seasons.at(day, draws.int(545, 1_000));
  const manager = fleet.org.founder;
  w.begin(at, `month/${vehicleId}/${month}`, function* () {
    const say = (moment: string, by: typeof manager, type: string, input: object = {}, may?: readonly string[]) =>
      tell(moment, by.actor, type, { vehicleId, month, ...input }, { may });
    const explain = (gap: Log['unlogged'][number]) => say(at, driver, 'ExplainGap', { ...gap, purpose: 'business' });
    // What is missing at the very end only the odometer knows of; a gap before it is found when the log is handed in.
    for (const gap of unlogged.filter(({ toKm }) => toKm === km)) yield explain(gap);
    const gaps = unlogged.filter(({ toKm }) => toKm !== km);
    if (gaps.length > 0 && draws.chance(0.3)) yield say(at, driver, 'SubmitTripLog', {}, ['UNEXPLAINED_GAP']);
    for (const gap of gaps) yield explain(gap);
    yield say(later(at, 12), driver, 'SubmitTripLog');
    const closed = later(at, 60 + draws.int(0, 300));
    if (draws.chance(0.02))
      yield say(closed, driver, 'CloseTripLog', { approverId: driver.userId, closingKm: km }, [
        'FORBIDDEN',
        'SELF_APPROVAL',
      ]);
    yield say(closed, manager, 'CloseTripLog', { approverId: manager.userId, closingKm: km });
  });
};
