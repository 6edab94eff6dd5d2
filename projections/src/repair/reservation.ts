import { DateTime, Km, Reservation, Won } from '@cargoro/domain';
import { z } from 'zod';
import { nameOf, PersonName } from '../core/person-card.ts';
import { readModel } from '../kit/read-model.ts';
import { Person } from './order.ts';

const { events } = Reservation;
const requested = events.ReservationRequested.schema.shape;
const Slot = z
  .object({ bayId: z.string(), start: DateTime, end: DateTime, holdId: z.string() })
  .meta({ id: 'ReservationSlot' });

const row = z.object({
  status: z
    .enum(['requested', 'proposed', 'confirmed', 'arrived', 'fulfilled', 'declined', 'expired', 'cancelled', 'noShow'])
    .meta({ id: 'ReservationStatus' }),
  workshopId: z.string(),
  workshopOrgId: z.string(),
  vehicleId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  modelYear: z.int(),
  requesterId: z.string(),
  requester: requested.requester,
  requesterName: PersonName,
  wanted: requested.wanted,
  services: requested.services,
  complaint: z.string(),
  pickupWanted: z.boolean(),
  returnWanted: z.boolean(),
  /** Start of the slot once there is one, else of the first wish: what lists are sorted by. */
  startsAt: DateTime,
  slot: Slot.nullable(),
  proposalNote: z.string().nullable(),
  advisorId: z.string().nullable(),
  reschedules: z.int(),
  requestedAt: DateTime,
  arrivedAt: DateTime.nullable(),
  odometerKm: Km.nullable(),
  repairOrderId: z.string().nullable(),
  reason: z.string().nullable(),
  lateFeeKrw: Won.nullable(),
});

/** An appointment: what was asked for, what was agreed and how it ended. */
export const ReservationView = readModel({
  name: 'rm_ws_reservation',
  type: 'Reservation',
  version: 1,
  group: 'repair',
  record: 'Reservation',
  row,
  scope: ['workshopId', 'requesterId', 'vehicleId'],
  indexes: [
    ['workshopOrgId', 'startsAt', 'id'],
    ['workshopId', 'startsAt', 'id'],
    ['requesterId', 'startsAt', 'id'],
  ],
  from: [Reservation],
  joins: [nameOf(Person, 'requesterId', 'requesterName')],
}).folds({
  start: {
    ReservationRequested: ({ data: { vehicle, requester, wanted, ...asked }, meta }) => ({
      status: 'requested',
      workshopId: asked.workshopId,
      workshopOrgId: asked.workshopOrgId,
      vehicleId: asked.vehicleId,
      ...vehicle,
      requesterId: requester.id,
      requester,
      requesterName: null,
      wanted,
      services: asked.services,
      complaint: asked.complaint,
      pickupWanted: asked.pickupWanted,
      returnWanted: asked.returnWanted,
      startsAt: wanted[0]?.from ?? meta.occurredAt,
      slot: null,
      proposalNote: null,
      advisorId: null,
      reschedules: 0,
      requestedAt: meta.occurredAt,
      arrivedAt: null,
      odometerKm: null,
      repairOrderId: null,
      reason: null,
      lateFeeKrw: null,
    }),
  },
  on: {
    SlotProposed: (row, { data: { bayId, start, end, holdId, note, advisorId } }) => ({
      ...row,
      status: 'proposed',
      slot: { bayId, start, end, holdId },
      startsAt: start,
      proposalNote: note,
      advisorId: advisorId ?? row.advisorId,
    }),
    ReservationConfirmed: (row, { data: { bayId, start, end, holdId, advisorId } }) => ({
      ...row,
      status: 'confirmed',
      slot: { bayId, start, end, holdId },
      startsAt: start,
      advisorId: advisorId ?? row.advisorId,
    }),
    ReservationRescheduled: (row, { data: { bayId, start, end, holdId, reason } }) => ({
      ...row,
      status: 'confirmed',
      slot: { bayId, start, end, holdId },
      startsAt: start,
      reschedules: row.reschedules + 1,
      reason,
    }),
    CustomerArrived: (row, { data: { at, odometerKm } }) => ({ ...row, status: 'arrived', arrivedAt: at, odometerKm }),
    ReservationFulfilled: (row, { data }) => ({ ...row, status: 'fulfilled', repairOrderId: data.repairOrderId }),
    ReservationCancelled: (row, { data: { reasonCode, lateFeeKrw = null } }) => ({
      ...row,
      status: 'cancelled',
      reason: reasonCode,
      lateFeeKrw,
    }),
    ReservationDeclined: (row, { data }) => ({ ...row, status: 'declined', reason: data.reason }),
    ReservationExpired: (row) => ({ ...row, status: 'expired' }),
    NoShowRecorded: (row) => ({ ...row, status: 'noShow' }),
  },
});
