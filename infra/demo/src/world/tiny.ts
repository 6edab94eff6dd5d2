import { bookings } from './bookings.ts';
import { calendarOf } from './calendar.ts';
import { deliveryRoom } from './delivery-room.ts';
import { fleetRoom } from './fleet-room.ts';
import { foundWorld } from './founding.ts';
import { partsRoom } from './parts-room.ts';
import { type Line, newScript } from './script.ts';
import { visitsBefore } from './visits-before.ts';
import { visitsInWork } from './visits-in-work.ts';
import { visitsWaiting } from './visits-waiting.ts';

/**
 * The smallest world worth opening: two workshops, a fleet and a dozen owners over three days, with a car in every column
 * of the board, appointments in every state and invoices in most; a store of parts, a driver at work, a fleet's books. `anchor` is its now.
 */
export const tiny = (anchor: string, seed: string): readonly Line[] => {
  const script = newScript(seed);
  const calendar = calendarOf(anchor);
  foundWorld(script, calendar);
  visitsBefore(script, calendar);
  bookings(script, calendar);
  visitsInWork(script, calendar);
  visitsWaiting(script, calendar);
  partsRoom(script, calendar);
  deliveryRoom(script, calendar);
  fleetRoom(script, calendar);
  return script.lines();
};
