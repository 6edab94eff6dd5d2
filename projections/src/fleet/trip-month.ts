import { DateTime, gapsIn, Km, type Role, ratioOf, TripLog, tripTotalsOf } from '@cargoro/domain';
import { z } from 'zod';
import { readModel, sortedEntries } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';

const started = TripLog.events.TripStarted.schema.shape;
const Trip = z
  .object({
    tripId: z.string(),
    userId: z.string().nullable(),
    department: z.string().nullable(),
    startedAt: DateTime.nullable(),
    startKm: Km,
    /** Null while the trip is under way. */
    endKm: Km.nullable(),
    purpose: started.purpose,
    purposeText: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: 'Trip' });
const Gap = z.object({ fromKm: Km, toKm: Km }).meta({ id: 'TripGap' });
const Explained = Gap.extend({ purpose: started.purpose }).meta({ id: 'ExplainedGap' });

const row = z.object({
  status: z.enum(['open', 'submitted', 'closed', 'reopened']).meta({ id: 'TripLogStatus' }),
  vehicleId: z.string(),
  month: z.string(),
  year: z.int(),
  openingKm: Km,
  closingKm: Km.nullable(),
  /** By odometer, as the tax office’s form lists them. */
  trips: z.array(Trip),
  /** Kilometres between trips nobody accounted for. */
  gaps: z.array(Gap),
  explained: z.array(Explained),
  totalKm: Km,
  commuteKm: Km,
  businessKm: Km,
  privateKm: Km,
  /** Share of commute and business kilometres, 0 to 1. */
  ratio: z.number(),
  submittedBy: z.string().nullable(),
});
type TripRow = z.infer<typeof Trip>;

/** Of somebody else's private trip the fleet reads how far it was, and nothing of who, when or where. */
const kmOnly = (trip: TripRow): TripRow => ({
  ...{ ...trip, tripId: '', userId: null, department: null, startedAt: null, purposeText: null, from: null, to: null },
});
const managers: readonly Role[] = ['FLEET_MANAGER', 'FLEET_APPROVER', 'FLEET_ACCOUNTANT', 'AUDITOR'];
/** Drivers read their own trips; managers all, of private ones the kilometres; analysts kilometres alone. */
const tripsFor = (value: unknown, { id, role, as }: Onlooker): unknown => {
  const trips = value as readonly TripRow[];
  const own = (trip: TripRow): boolean => trip.userId === id;
  if (as.includes('owner')) return trips;
  if (as.includes('fleet') && role === 'ANALYST') return trips.map(kmOnly);
  if (!as.includes('fleet') || role === undefined || !managers.includes(role)) return trips.filter(own);
  return trips.map((trip) => (trip.purpose === 'private' && !own(trip) ? kmOnly(trip) : trip));
};

/** A vehicle's trips of a month with gaps, totals and the share of business use (K8). */
export const TripMonth = readModel({
  name: 'rm_trip_month',
  type: 'TripLog',
  version: 1,
  group: 'fleet',
  record: 'TripLog',
  row,
  scope: ['vehicleId'],
  indexes: [['vehicleId', 'month', 'id']],
  from: [TripLog],
  masks: { trips: tripsFor },
  hides: ({ data }, { id, role, as }) => {
    const { tripId, userId, purpose } = data as { tripId?: string; userId?: string; purpose?: string };
    if (tripId === undefined || userId === id || as.includes('owner')) return false;
    return purpose === undefined || purpose === 'private' || role === undefined || !managers.includes(role);
  },
}).folds({
  start: {
    TripLogOpened: ({ data: { vehicleId, month, openingKm } }) => ({
      ...{ status: 'open', vehicleId, month, year: Number(month.slice(0, 4)), openingKm, closingKm: null },
      ...{ trips: [], gaps: [], explained: [], totalKm: 0, commuteKm: 0, businessKm: 0, privateKm: 0, ratio: 0 },
      submittedBy: null,
    }),
  },
  after: (row, state) => {
    if (state.status === 'none') return row;
    const trips = sortedEntries(state.trips)
      .map(
        ([tripId, { userId, startKm, endKm = null, startedAt, purpose, about }]): TripRow => ({
          ...{ tripId, userId, startedAt, startKm, endKm, purpose },
          department: about.department ?? null,
          purposeText: about.purposeText ?? null,
          from: about.from ?? null,
          to: about.to ?? null,
        }),
      )
      .sort((a, b) => a.startKm - b.startKm);
    const stretches = [
      ...trips.map(({ startKm, endKm, purpose }) => ({ fromKm: startKm, toKm: endKm ?? startKm, purpose })),
      ...state.explained,
    ];
    const toKm = state.closingKm ?? Math.max(state.openingKm, ...stretches.map((one) => one.toKm));
    const totals = tripTotalsOf(state.openingKm, toKm, stretches);
    return {
      ...{ ...row, ...totals, status: state.status, closingKm: state.closingKm ?? null, trips },
      gaps: gapsIn(state.openingKm, toKm, stretches).map((gap) => ({ ...gap })),
      explained: [...state.explained],
      ratio: ratioOf(totals),
      submittedBy: state.submittedBy ?? null,
    };
  },
});
