import { minutesBetween } from '@cargoro/domain';
import type { Seen } from '../check.ts';
import { division, inTime, type Rates, share } from './rate.ts';

/** Written down at the end of the trip, or later than the same day. */
const hoursOnTime = 12;
const entryOf = ({ type, data, at }: Seen): readonly string[] => {
  if (type === 'TripEnded') return ['on time'];
  if (type !== 'TripLogged') return [];
  return [minutesBetween(data.endedAt, at) > hoursOnTime * 60 ? 'late' : 'on time'];
};
const purposeOf = ({ type, data }: Seen): readonly string[] =>
  type === 'TripLogged' || type === 'TripStarted' ? [data.purpose] : [];

const reading = { OdometerRecorded: ({ id }: Seen) => id };
const correction = { OdometerCorrected: ({ data }: Seen): string => data.supersedesEventId };
const day = 24 * 60;

export const drivingRates = (): Rates[] => [
  share('odometer readings: mistyped', 0.6, reading, correction),
  inTime('mistyped readings: put right within a day', 100, reading, {
    ended: correction,
    within: (event, readAt) => minutesBetween(readAt, event.at) <= day,
  }),
  division('trips', { business: 72, commute: 18, private: 10 }, purposeOf),
  division('trips', { late: 8 }, entryOf),
  share(
    'months of a trip log: a gap',
    15,
    { TripLogClosed: ({ stream }) => stream },
    { GapExplained: ({ stream }) => stream },
  ),
];
