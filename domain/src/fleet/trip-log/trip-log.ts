import type { z } from 'zod';
import {
  type Aggregate,
  accept,
  type Context,
  daysBetween,
  defineAggregate,
  isBefore,
  isOurs,
  type Party,
  reject,
  sameParty,
  seoulDay,
  text,
} from '../../kit/index.ts';
import { monthOf, previousMonth } from '../../shared/calendar.ts';
import { FleetPolicy, policyInForce } from '../policy/fleet-policy.ts';
import { isAssigned, ownerOf, Vehicle } from '../vehicle/vehicle.ts';
import { gapsIn, overlaps, ratioOf, type Span, type Stretch, totalsOf } from './kilometres.ts';
import { moves } from './trip-log.moves.ts';
import { refusals } from './trip-log.refusals.ts';
import { commands, events, type TripChanges } from './trip-log.schema.ts';

type Trip = {
  readonly userId: string;
  readonly startKm: number;
  /** Missing while the trip is under way. */
  readonly endKm?: number | undefined;
  readonly startedAt: string;
  readonly purpose: Stretch['purpose'];
  readonly about: Omit<z.infer<typeof TripChanges>, 'startKm' | 'endKm'>;
};
type Log = {
  readonly vehicleId: string;
  readonly month: string;
  readonly openingKm: number;
  readonly policyId?: string | undefined;
  /** A private person's own log needs no second person. */
  readonly isFleets: boolean;
  /** Without those voided. */
  readonly trips: Readonly<Record<string, Trip>>;
  /** Every trip id ever used, so that a repeat is seen. */
  readonly tripIds: readonly string[];
  readonly explained: readonly Stretch[];
  readonly submittedBy?: string;
  readonly closingKm?: number;
};
export type TripLogState =
  | { readonly status: 'none' }
  | ({ readonly status: 'open' | 'submitted' | 'closed' | 'reopened' } & Log);

export const tripLogId = (vehicleId: string, month: string): string => `${vehicleId}.${month}`;
const logs = (): Aggregate<TripLogState> => TripLog;

const defaultRules = { entryWithinDays: 7, gapToleranceKm: 0 };
const rulesOf = (log: Log, ctx: Context) =>
  (log.policyId && policyInForce(ctx.fact(FleetPolicy, log.policyId), seoulDay(ctx.now))?.content.tripRules) ||
  defaultRules;

const spanOf = ({ startKm, endKm }: Trip): Span => ({ fromKm: startKm, toKm: endKm ?? startKm });
const stretchesOf = (log: Log): readonly Stretch[] => [
  ...Object.values(log.trips).map((trip) => ({ ...spanOf(trip), purpose: trip.purpose })),
  ...log.explained,
];
const lastKmOf = (log: Log): number => Math.max(log.openingKm, ...stretchesOf(log).map((s) => s.toKm));
const hasOpenTrip = (log: Log): boolean => Object.values(log.trips).some((trip) => trip.endKm === undefined);
const hasGap = (log: Log, toKm: number, toleranceKm: number): boolean =>
  gapsIn(log.openingKm, toKm, stretchesOf(log)).some((gap) => gap.toKm - gap.fromKm > toleranceKm);
/** Kilometres before the month's opening, or of another trip or an explained gap. */
const isTaken = (log: Log, span: Span, except?: string): boolean =>
  span.fromKm < log.openingKm ||
  log.explained.some((other) => overlaps(span, other)) ||
  Object.entries(log.trips).some(([id, trip]) => id !== except && overlaps(span, spanOf(trip)));

/** Members keep their own trips; managers and our processes keep everybody's. */
const mayWriteFor = (userId: string, ctx: Context): boolean =>
  isOurs(ctx.actor) || ctx.actor.role !== 'FLEET_MEMBER' || ctx.actor.id === userId;
const mayUse = (vehicleId: string, userId: string, at: string, ctx: Context): boolean => {
  const vehicle = ctx.fact(Vehicle, vehicleId);
  const owner = ownerOf(vehicle);
  if (owner?.kind === 'user' && owner.id === userId) return true;
  return 'assignments' in vehicle && isAssigned(vehicle, userId, seoulDay(at));
};
const approvesOwn = (log: Log, approverId: string): boolean =>
  log.isFleets &&
  (approverId === log.submittedBy || Object.values(log.trips).some((trip) => trip.userId === approverId));

type NewTrip = { vehicleId: string; month: string; tripId: string; userId: string };
const newTripRefusal = (log: Log, { vehicleId, month, tripId, userId }: NewTrip, at: string, ctx: Context) => {
  if (log.tripIds.includes(tripId)) return 'ALREADY_EXISTS';
  if (monthOf(seoulDay(at)) !== month) return 'OUTSIDE_MONTH';
  if (!mayWriteFor(userId, ctx)) return 'NOT_YOURS';
  return mayUse(vehicleId, userId, at, ctx) ? undefined : 'NOT_ASSIGNED';
};
/** The trip a later command is about, if it may be changed by this actor for this reason. */
const changeRefusal = (trip: Trip | undefined, reason: string | undefined, ctx: Context) => {
  if (!trip) return 'TRIP_UNKNOWN';
  if (!mayWriteFor(trip.userId, ctx)) return 'NOT_YOURS';
  return reason ? undefined : 'REASON_REQUIRED';
};

export const TripLog = defineAggregate<TripLogState>()({
  name: 'TripLog',
  category: 'tripLog',
  context: 'fleet',
  doc: text('운행기록부', 'The trips of a vehicle in a month, as the tax office asks for them'),
  id: (data) => tripLogId(String(data.vehicleId), String(data.month)),
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    OpenTripLog: (_state, data, ctx) => {
      const owner = ownerOf(ctx.fact(Vehicle, data.vehicleId));
      if (!owner) return reject('NOT_FOUND');
      const before = ctx.fact(logs(), tripLogId(data.vehicleId, previousMonth(data.month)));
      if (before.status === 'closed' && before.closingKm !== data.openingKm) return reject('OPENING_KM_MISMATCH');
      const party: Party = { ...owner, as: owner.kind === 'org' ? 'fleet' : 'owner' };
      return accept({ type: 'TripLogOpened', data: { ...data, parties: [party] } });
    },
    StartTrip: (state, data, ctx) => {
      const refusal = newTripRefusal(state, data, data.at, ctx);
      if (refusal) return reject(refusal);
      if (hasOpenTrip(state)) return reject('TRIP_OPEN');
      // A point inside another trip: one kilometre of it is enough to tell.
      const isInside = isTaken(state, { fromKm: data.startKm, toKm: data.startKm + 1 });
      return isInside ? reject('KM_OVERLAP') : accept({ type: 'TripStarted', data });
    },
    EndTrip: (state, data, ctx) => {
      const trip = state.trips[data.tripId];
      if (!trip || trip.endKm !== undefined) return reject('TRIP_UNKNOWN');
      if (!mayWriteFor(trip.userId, ctx)) return reject('NOT_YOURS');
      if (data.endKm < trip.startKm) return reject('KM_INVERTED');
      if (isBefore(data.at, trip.startedAt)) return reject('TIME_INVERTED');
      if (isTaken(state, { fromKm: trip.startKm, toKm: data.endKm }, data.tripId)) return reject('KM_OVERLAP');
      return accept({ type: 'TripEnded', data: { ...data, distanceKm: data.endKm - trip.startKm } });
    },
    LogTrip: (state, data, ctx) => {
      const refusal = newTripRefusal(state, data, data.startedAt, ctx);
      if (refusal) return reject(refusal);
      if (data.endKm < data.startKm) return reject('KM_INVERTED');
      if (isBefore(data.endedAt, data.startedAt)) return reject('TIME_INVERTED');
      if (isTaken(state, { fromKm: data.startKm, toKm: data.endKm })) return reject('KM_OVERLAP');
      const isLate = daysBetween(data.endedAt, ctx.now) > rulesOf(state, ctx).entryWithinDays;
      if (isLate && !data.lateReason) return reject('ENTRY_TOO_LATE');
      return accept({ type: 'TripLogged', data: { ...data, distanceKm: data.endKm - data.startKm } });
    },
    ReclassifyTrip: (state, { reason = '', ...data }, ctx) => {
      const trip = state.trips[data.tripId];
      const refusal = changeRefusal(trip, reason, ctx);
      if (!trip || refusal) return reject(refusal ?? 'TRIP_UNKNOWN');
      return trip.purpose === data.purpose
        ? accept()
        : accept({ type: 'TripReclassified', data: { ...data, reason, before: trip.purpose } });
    },
    CorrectTrip: (state, { reason = '', ...data }, ctx) => {
      const trip = state.trips[data.tripId];
      const refusal = changeRefusal(trip, reason, ctx);
      if (!trip || refusal) return reject(refusal ?? 'TRIP_UNKNOWN');
      if (trip.endKm === undefined) return reject('TRIP_OPEN');
      const { startKm = trip.startKm, endKm = trip.endKm } = data.changes;
      if (endKm < startKm) return reject('KM_INVERTED');
      if (isTaken(state, { fromKm: startKm, toKm: endKm }, data.tripId)) return reject('KM_OVERLAP');
      const was: Readonly<Record<string, unknown>> = { ...trip.about, startKm: trip.startKm, endKm: trip.endKm };
      const changed = Object.entries(data.changes).filter(([field, value]) => was[field] !== value);
      if (changed.length === 0) return accept();
      const before = Object.fromEntries(changed.map(([field]) => [field, was[field]]));
      return accept({ type: 'TripCorrected', data: { ...data, changes: Object.fromEntries(changed), before, reason } });
    },
    VoidTrip: (state, { reason = '', ...data }, ctx) => {
      const refusal = changeRefusal(state.trips[data.tripId], reason, ctx);
      return refusal ? reject(refusal) : accept({ type: 'TripVoided', data: { ...data, reason } });
    },
    ExplainGap: (state, data) => {
      const lastKm = lastKmOf(state);
      // Beyond the last trip the gap is open, until the month's closing mileage is known.
      const gaps = [...gapsIn(state.openingKm, lastKm, stretchesOf(state)), { fromKm: lastKm, toKm: data.toKm }];
      const isGap = gaps.some((gap) => gap.fromKm <= data.fromKm && data.toKm <= gap.toKm);
      const skips = data.fromKm > lastKm || data.toKm <= data.fromKm;
      return isGap && !skips ? accept({ type: 'GapExplained', data }) : reject('NO_GAP');
    },
    ShareTripLog: (state, data, ctx) => {
      const party: Party = { ...data.with, as: data.with.kind === 'org' ? 'fleet' : 'owner' };
      if (state.status === 'none' || ctx.parties.some((other) => sameParty(other, party))) return accept();
      return accept({ type: 'PartyAdded', data: { party } });
    },
    SubmitTripLog: (state, data, ctx) => {
      if (hasOpenTrip(state)) return reject('OPEN_TRIP');
      const lastKm = lastKmOf(state);
      if (hasGap(state, lastKm, rulesOf(state, ctx).gapToleranceKm)) return reject('UNEXPLAINED_GAP');
      const totals = totalsOf(state.openingKm, lastKm, stretchesOf(state));
      return accept({ type: 'TripLogSubmitted', data: { ...data, ...totals } });
    },
    CloseTripLog: (state, data, ctx) => {
      if (hasOpenTrip(state)) return reject('OPEN_TRIP');
      if (approvesOwn(state, data.approverId)) return reject('SELF_APPROVAL');
      if (data.closingKm < lastKmOf(state)) return reject('KM_INVERTED');
      if (hasGap(state, data.closingKm, rulesOf(state, ctx).gapToleranceKm)) return reject('UNEXPLAINED_GAP');
      const totals = totalsOf(state.openingKm, data.closingKm, stretchesOf(state));
      return accept({ type: 'TripLogClosed', data: { ...data, ...totals, ratio: ratioOf(totals) } });
    },
    ReopenTripLog: (state, data, ctx) => {
      if (approvesOwn(state, data.approverId)) return reject('SELF_APPROVAL');
      return ctx.count('closedLedgersOfVehicle', data.vehicleId, data.month.slice(0, 4)) > 0
        ? reject('YEAR_CLOSED')
        : accept({ type: 'TripLogReopened', data });
    },
  },
  evolve: {
    TripLogOpened: (_state, { parties, ...log }) => ({
      ...log,
      status: 'open',
      isFleets: parties.some((party) => party.as === 'fleet'),
      ...{ trips: {}, tripIds: [], explained: [] },
    }),
    TripStarted: (state, { tripId, userId, startKm, at, purpose, department, purposeText, from }) =>
      withTrip(state, tripId, { userId, startKm, startedAt: at, purpose, about: { department, purposeText, from } }),
    TripEnded: (state, { tripId, endKm, to }) =>
      changing(state, tripId, (trip) => ({ ...trip, endKm, about: { ...trip.about, to } })),
    TripLogged: (state, { tripId, userId, startKm, endKm, startedAt, purpose, department, purposeText, from, to }) => {
      const about = { department, purposeText, from, to };
      return withTrip(state, tripId, { userId, startKm, endKm, startedAt, purpose, about });
    },
    TripReclassified: (state, { tripId, purpose }) => changing(state, tripId, (trip) => ({ ...trip, purpose })),
    TripCorrected: (state, { tripId, changes: { startKm, endKm, ...about } }) =>
      changing(state, tripId, (trip) => ({
        ...trip,
        startKm: startKm ?? trip.startKm,
        endKm: endKm ?? trip.endKm,
        about: { ...trip.about, ...about },
      })),
    TripVoided: (state, { tripId }) => {
      const { [tripId]: _, ...trips } = state.trips;
      return { ...state, trips };
    },
    GapExplained: (state, { fromKm, toKm, purpose }) => ({
      ...state,
      explained: [...state.explained, { fromKm, toKm, purpose }],
    }),
    TripLogSubmitted: (state, _data, event) => ({ ...state, status: 'submitted', submittedBy: event.meta.actor.id }),
    TripLogClosed: (state, { closingKm }) => ({ ...state, status: 'closed', closingKm }),
    TripLogReopened: (state) => ({ ...state, status: 'reopened' }),
  },
});

const withTrip = <S extends Log>(log: S, tripId: string, trip: Trip): S => ({
  ...log,
  trips: { ...log.trips, [tripId]: trip },
  tripIds: [...log.tripIds, tripId],
});
const changing = <S extends Log>(log: S, tripId: string, change: (trip: Trip) => Trip): S => {
  const trip = log.trips[tripId];
  return trip ? { ...log, trips: { ...log.trips, [tripId]: change(trip) } } : log;
};
