import { type Actor, processActor } from '@cargoro/domain';
import type { Act } from './act.ts';
import type { Car } from './cars.ts';
import { tell, type World } from './world.ts';

const milliseconds = 86_400_000;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) / milliseconds;

/** What a private car was driven since it was last seen; a fleet's cars are driven trip by trip. */
export const mileage = (w: World, car: Car, day: string): void => {
  if (car.owner.kind === 'org') return;
  const since = car.seenOn ?? w.seasons.days[0] ?? day;
  car.km += Math.max(0, dayNumber(day) - dayNumber(since)) * car.kmPerDay;
  car.seenOn = day;
};

/**
 * Notes what the odometer shows in the car's own record (P5). Now and then somebody mistypes it; the record asks whether
 * that can be, is told so, and is put right before the car leaves.
 */
export function* read(
  w: World,
  car: Car,
  at: string,
  source: 'workshop' | 'delivery' | 'trip',
  sourceId: string,
  by: Actor,
): Act<void> {
  if (car.km <= car.readKm) return;
  const { vehicleId } = car;
  const say = (type: string, input: object, may?: readonly string[]) =>
    tell(at, processActor('custody'), type, { vehicleId, ...input }, { may });
  const reading = { km: car.km, source, sourceId, at };
  if (w.draws(`typo/${sourceId}/${at}`).chance(0.006)) {
    const wrong = { ...reading, km: car.km + 54_000 };
    const doubted = yield say('RecordOdometer', wrong, ['IMPLAUSIBLE_JUMP']);
    const typed = doubted.code ? yield say('RecordOdometer', { ...wrong, confirm: true }) : doubted;
    const supersedesEventId = typed.events[0]?.id ?? '';
    yield say('CorrectOdometer', { km: car.km, reasonCode: 'typo', supersedesEventId, approverId: by.id });
  } else yield say('RecordOdometer', { ...reading, confirm: true });
  car.readKm = car.km;
}
