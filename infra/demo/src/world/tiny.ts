import { bookings } from './bookings.ts';
import { calendarOf } from './calendar.ts';
import { foundWorld } from './founding.ts';
import { type Line, newScript } from './script.ts';
import { visitsBefore } from './visits-before.ts';
import { visitsInWork } from './visits-in-work.ts';
import { visitsWaiting } from './visits-waiting.ts';

/**
 * The smallest world worth opening: two workshops, a fleet and a dozen owners over three days, with a car in every column
 * of the board, appointments in every state and invoices in most. `anchor` is its now.
 */
export const tiny = (anchor: string, seed: string): readonly Line[] => {
  const script = newScript(seed);
  const calendar = calendarOf(anchor);
  foundWorld(script, calendar);
  visitsBefore(script, calendar);
  bookings(script, calendar);
  visitsInWork(script, calendar);
  visitsWaiting(script, calendar);
  return script.lines();
};
