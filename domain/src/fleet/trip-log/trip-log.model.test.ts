import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { manager } from '../vehicle/vehicle.fixture.ts';
import { id, open, step, trip, when } from './trip-log.fixture.ts';

/** The month as a strip of kilometres, each one belonging to a trip, to an explanation, or to nobody. */
type Cell = { readonly purpose: string; readonly tripId?: number };
const lengthKm = 12;
const purposes = ['commute', 'business', 'private'] as const;

const operation = fc.record({
  kind: fc.constantFrom('log', 'log', 'log', 'void', 'correct', 'reclassify', 'explain'),
  n: fc.integer({ min: 1, max: 9 }),
  a: fc.integer({ min: 0, max: lengthKm }),
  b: fc.integer({ min: 0, max: lengthKm }),
  purpose: fc.constantFrom(...purposes),
});

it('keeps every kilometre of a month with one owner, whatever is logged, corrected, voided and explained', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
      const strip: (Cell | undefined)[] = Array(lengthKm).fill(undefined);
      const trips = new Map<number, { a: number; b: number; purpose: string }>();
      const used = new Set<number>();
      let log: readonly AnyEvent[] = step([], 'OpenTripLog', open);
      const last = () =>
        Math.max(0, ...[...trips.values()].map((t) => t.b), ...strip.map((cell, i) => (cell ? i + 1 : 0)));
      const cells = (a: number, b: number) => strip.slice(a, b);
      const fill = (a: number, b: number, cell: Cell | undefined) => strip.fill(cell, a, b);
      /** Runs a command that the model expects to be refused with `code`, or accepted. */
      const expectation = (code: string | undefined, type: string, input: Record<string, unknown>): boolean => {
        if (code) when(log, type, input).refuses(code);
        else log = step(log, type, input);
        return code === undefined;
      };

      for (const { kind, n, a, b, purpose } of operations) {
        const km = { startKm: 20_000 + a, endKm: 20_000 + b };
        const known = trips.get(n);
        const overlapsTrip = (except?: number) =>
          cells(a, b).some((cell) => cell && (cell.tripId === undefined || cell.tripId !== except)) ||
          // A trip of no length inside another is somewhere that one is.
          [...trips].some(([m, t]) => m !== except && a < t.b && t.a < b && (t.a !== t.b || (a < t.a && t.a < b))) ||
          (a === b && a > 0 && a < lengthKm && isInside(strip, a, except));
        if (kind === 'log') {
          const code = used.has(n)
            ? 'ALREADY_EXISTS'
            : b < a
              ? 'KM_INVERTED'
              : overlapsTrip()
                ? 'KM_OVERLAP'
                : undefined;
          if (expectation(code, 'LogTrip', trip(n, km.startKm, km.endKm, { purpose }))) {
            used.add(n);
            trips.set(n, { a, b, purpose });
            fill(a, b, { purpose, tripId: n });
          }
        } else if (kind === 'void') {
          if (expectation(known ? undefined : 'TRIP_UNKNOWN', 'VoidTrip', { tripId: id(n), reason: '오기' }) && known) {
            fill(known.a, known.b, undefined);
            trips.delete(n);
          }
        } else if (kind === 'reclassify') {
          if (
            expectation(known ? undefined : 'TRIP_UNKNOWN', 'ReclassifyTrip', {
              tripId: id(n),
              purpose,
              reason: '오기',
            }) &&
            known
          ) {
            fill(known.a, known.b, { purpose, tripId: n });
            trips.set(n, { ...known, purpose });
          }
        } else if (kind === 'correct') {
          const code = !known ? 'TRIP_UNKNOWN' : b < a ? 'KM_INVERTED' : overlapsTrip(n) ? 'KM_OVERLAP' : undefined;
          if (expectation(code, 'CorrectTrip', { tripId: id(n), changes: km, reason: '오기' }) && known) {
            fill(known.a, known.b, undefined);
            fill(a, b, { purpose: known.purpose, tripId: n });
            trips.set(n, { a, b, purpose: known.purpose });
          }
        } else {
          const free = a < b && a <= last() && cells(a, b).every((cell) => cell === undefined);
          const spansEnd = a < last() && b > last();
          const splits = [...trips.values()].some((t) => t.a === t.b && a < t.a && t.a < b);
          const code = free && !spansEnd && !splits ? undefined : 'NO_GAP';
          if (expectation(code, 'ExplainGap', { fromKm: km.startKm, toKm: km.endKm, purpose, reason: '누락' }))
            fill(a, b, { purpose });
        }
      }

      const closingKm = last();
      const covered = strip.slice(0, closingKm);
      if (covered.includes(undefined)) when(log, 'SubmitTripLog', {}).refuses('UNEXPLAINED_GAP');
      else {
        log = step(log, 'SubmitTripLog', {});
        const close = { approverId: manager, closingKm: 20_000 + closingKm };
        const [closed] = when(log, 'CloseTripLog', close).emits('TripLogClosed');
        const kmOf = (purpose: string) => covered.filter((cell) => cell?.purpose === purpose).length;
        const [commuteKm, businessKm, privateKm] = purposes.map(kmOf);
        expect(closed?.data).toMatchObject({ totalKm: closingKm, commuteKm, businessKm, privateKm });
      }
    }),
    { numRuns: 200 },
  );
});

/** Is a point strictly inside one stretch, rather than between two? */
const isInside = (strip: readonly (Cell | undefined)[], at: number, except?: number): boolean => {
  const [left, right] = [strip[at - 1], strip[at]];
  return left !== undefined && left === right && (left.tripId === undefined || left.tripId !== except);
};
