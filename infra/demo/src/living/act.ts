import type { Pause, Telling, Told } from '../sim/play.ts';
import type { Car } from './cars.ts';
import { later } from './world.ts';

/** Part of a story that comes to something. */
export type Act<T> = Generator<Telling | Pause, T, Told>;

export function* nothing(): Act<void> {}

/** Waits until the car is at hand from `at` on, and takes it away from its driver. */
export function* take(car: Car, at: string): Act<string> {
  let moment = at;
  for (; ; moment = later(moment, 15)) {
    yield { at: moment };
    if (!car.isAway) break;
  }
  car.isAway = true;
  return moment;
}
