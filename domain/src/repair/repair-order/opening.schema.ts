import { z } from 'zod';
import { allow, command, event, Party, text } from '../../kit/index.ts';
import {
  Code,
  Customer,
  DateTime,
  Day,
  FileRef,
  Id,
  Km,
  Prose,
  SeriesNumber,
  VehicleCard,
} from '../../shared/values.ts';
import { Finding, OrderSlot, Payer } from './value.schema.ts';

const repairOrderId = Id;

const Open = z.object({
  repairOrderId,
  number: SeriesNumber,
  workshopId: Id,
  vehicleId: Id,
  customer: Customer,
  payer: Payer,
  reservationId: Id.optional(),
  deliveryId: Id.optional(),
  /** The fleet's policy whose approval limits apply; a reservation brings its own along. */
  policyId: Id.optional(),
  odometerInKm: Km,
  fuelPct: z.int().min(0).max(100),
  complaint: Prose,
  conditionPhotos: z.array(FileRef).max(30).default([]),
  /** The earlier order whose warranty covers this one. */
  warrantyOf: Id.optional(),
  /** When the customer was told the car would be ready. */
  promisedAt: DateTime.optional(),
});
const Assign = z.object({
  repairOrderId,
  technicianId: Id,
  bayId: Id.optional(),
  plannedHours: z.number().min(0).max(200),
});
const Diagnosis = z.object({
  repairOrderId,
  findings: z.array(Finding).max(200),
  dtcs: z
    .array(z.string().regex(/^[PBCU][0-9A-F]{4}$/, 'Use a trouble code such as P0301'))
    .max(100)
    .default([]),
});
const Note = z.object({
  repairOrderId,
  text: Prose,
  photos: z.array(FileRef).max(30).default([]),
  visibility: z.enum(['workshop', 'customer']).meta({ id: 'NoteVisibility' }).default('workshop'),
});

export const desk = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR'], 'workshop');
export const floor = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'TECHNICIAN', 'LEAD_TECHNICIAN'], 'workshop');
/** States in which work on the car can still change course. */
export const beforeEnd = [
  'opened',
  'diagnosed',
  'awaitingApproval',
  'approved',
  'declined',
  'inProgress',
  'onHold',
] as const;

export const openingCommands = {
  OpenRepairOrder: command({
    label: text('정비 지시서 열기', 'Open repair order'),
    doc: text('차량을 받아 정비 지시서를 연다.', 'Takes a car in and opens its repair order.'),
    by: [desk],
    in: ['none'],
    emits: ['RepairOrderOpened'],
    refuses: [
      'ODOMETER_BACKWARDS',
      'VEHICLE_HAS_OPEN_ORDER',
      'WARRANTY_EXPIRED',
      'WARRANTY_OF_OTHER_VEHICLE',
      'WORKSHOP_NOT_OPEN',
    ],
    series: { field: 'number', prefix: 'RO', of: 'workshop' },
    input: Open,
  }),
  AssignTechnician: command({
    label: text('정비사 배정하기', 'Assign technician'),
    doc: text('정비사와 작업대를 배정한다.', 'Assigns a technician, and a bay if known.'),
    by: [desk, allow(['LEAD_TECHNICIAN'], 'workshop')],
    in: beforeEnd,
    emits: ['TechnicianAssigned'],
    refuses: ['EV_CERT_REQUIRED', 'NOT_ENROLLED'],
    input: Assign,
  }),
  RecordDiagnosis: command({
    label: text('진단 기록하기', 'Record diagnosis'),
    doc: text('점검 결과와 고장 코드를 기록한다.', 'Records findings and trouble codes.'),
    by: [floor],
    in: ['opened', 'diagnosed'],
    emits: ['DiagnosisRecorded'],
    refuses: ['NO_FINDING'],
    input: Diagnosis,
  }),
  AddNote: command({
    label: text('메모 남기기', 'Add note'),
    doc: text('메모와 사진을 남긴다.', 'Adds a note with photos, for the workshop or for the customer too.'),
    by: [floor, allow(['WORKSHOP_ACCOUNTANT', 'PARTS_MANAGER'], 'workshop')],
    in: [...beforeEnd, 'qualityCheck', 'inspected', 'completed', 'cancelled', 'closed'],
    emits: ['NoteAdded'],
    input: Note,
  }),
};

export const openingEvents = {
  RepairOrderOpened: event(
    Open.extend({
      number: Code,
      workshopOrgId: Id,
      vehicle: VehicleCard,
      /** What the warranty at completion depends on (K2). */
      firstRegisteredOn: Day,
      highVoltage: z.boolean(),
      slot: OrderSlot.optional(),
      parties: z.array(Party),
    }),
  ),
  TechnicianAssigned: event(Assign),
  DiagnosisRecorded: event(Diagnosis),
  NoteAdded: event(Note),
};
