import { expect, it } from 'vitest';
import { id, ids } from '../repair/sample-world.ts';
import { OpenTrip } from './open-trip.ts';
import { dataOf, instanceOf, refusalOf, timerOf } from './spec.ts';

const trip = { vehicleId: ids.vehicle, month: '202506', tripId: id(71) };
const begin = () => {
  const open = instanceOf(OpenTrip);
  const started = { ...trip, userId: ids.customer, startKm: 42_000, at: '2025-06-30T00:50:00.000Z' };
  return { open, told: open.tell('TripStarted', started, '2025-06-30T01:00:00.000Z') };
};

it('a trip that nobody ended is asked about after twelve hours and ended where it began after a day', () => {
  const { open, told } = begin();
  expect([timerOf(told, 'ask'), timerOf(told, 'end')]).toEqual([
    '2025-06-30T13:00:00.000Z',
    '2025-07-01T01:00:00.000Z',
  ]);
  const asked = dataOf(open.fire('ask'), 'RequestNotice');
  expect(asked).toMatchObject({ template: 'tripStillOpen', to: { kind: 'user', id: ids.customer }, values: trip });
  const ended = open.fire('end');
  expect(ended.sent).toEqual(['EndTrip', 'notice:tripEndedUnread']);
  expect(dataOf(ended, 'EndTrip')).toEqual({ ...trip, endKm: 42_000, at: '2025-06-30T00:50:00.000Z' });
  expect(open.tell('TripEnded', trip).sent).toEqual(['complete']);
});

it('a trip that was ended, or whose month was closed meanwhile, is left alone', () => {
  const { open } = begin();
  expect(open.tell('TripEnded', trip).sent).toEqual(['complete']);
  expect(open.fire('end').sent).toEqual([]);
  for (const code of ['MONTH_CLOSED', 'TRIP_UNKNOWN', 'NOT_YOURS']) {
    const late = begin().open;
    const ended = late.fire('end');
    expect(late.tell(...refusalOf(ended, 'EndTrip', code)).sent).toEqual(['complete']);
  }
});
