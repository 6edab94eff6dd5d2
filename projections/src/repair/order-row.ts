import { DateTime, Day, FiledDocument, FileRef, Km, RepairOrder, SignedWon, Won } from '@cargoro/domain';
import { z } from 'zod';
import { PersonName } from '../core/person-card.ts';
import { InvoiceLink } from './order-invoice.ts';

/** Shapes of the events, so that a read model names a field as the domain does. */
const { events } = RepairOrder;
const opened = events.RepairOrderOpened.schema.shape;
const drafted = events.EstimateDrafted.schema.shape;
const sent = events.EstimateSent.schema.shape;
const approved = events.LinesApproved.schema.shape;
const diagnosed = events.DiagnosisRecorded.schema.shape;
const passed = events.InspectionPassed.schema.shape;
const completed = events.RepairOrderCompleted.schema.shape;
const noted = events.NoteAdded.schema.shape;

export const OrderStatus = z
  .enum([
    'opened',
    'diagnosed',
    'awaitingApproval',
    'approved',
    'declined',
    'inProgress',
    'onHold',
    'qualityCheck',
    'inspected',
    'completed',
    'cancelled',
    'closed',
  ])
  .meta({ id: 'RepairOrderStatus' });
export const WaitReason = events.WorkPaused.schema.shape.reason;
const LineState = z
  .enum(['proposed', 'approved', 'declined', 'deferred', 'inWork', 'done', 'dropped'])
  .meta({ id: 'OrderLineState' });

/** A line of the order as it stands now. `amountKrw` is its supply value, negative for a discount. */
export const OrderLine = drafted.lines.element
  .extend({
    state: LineState,
    version: z.int(),
    amountKrw: SignedWon,
    minutes: z.int().nullable(),
    answer: z.string().nullable(),
  })
  .meta({ id: 'OrderLine' });
export const Finding = diagnosed.findings.element;

const Estimate = z
  .object({
    version: z.int(),
    state: z.enum(['draft', 'sent', 'answered', 'expired', 'replaced']).meta({ id: 'EstimateState' }),
    supplement: z.boolean(),
    menuVersion: z.int(),
    validUntil: Day,
    lines: drafted.lines,
    supplyKrw: Won,
    vatKrw: Won,
    totalKrw: Won,
    draftedAt: DateTime,
    channel: sent.channel.nullable(),
    sentAt: DateTime.nullable(),
    dueAt: DateTime.nullable(),
  })
  .meta({ id: 'Estimate' });
const Answer = z
  .object({
    answer: z.enum(['approved', 'declined', 'deferred']).meta({ id: 'LineAnswer' }),
    version: z.int(),
    lineIds: z.array(z.string()),
    method: approved.method.nullable(),
    approver: approved.approver.nullable(),
    evidence: approved.evidence.unwrap().nullable(),
    reason: z.string().nullable(),
    remindOn: Day.nullable(),
    remindAtKm: Km.nullable(),
    safetyAcknowledged: z.boolean().nullable(),
    by: z.string(),
    at: DateTime,
  })
  .meta({ id: 'EstimateAnswer' });
const PartNeed = z
  .object({
    requestId: z.string(),
    lineId: z.string(),
    partId: z.string(),
    qty: z.number(),
    usedQty: z.number(),
    missingQty: z.number().nullable(),
    state: z.enum(['requested', 'reserved', 'short', 'arrived']).meta({ id: 'PartNeedState' }),
    neededBy: DateTime,
    expectedOn: Day.nullable(),
    stockId: z.string().nullable(),
    substituteFor: z.string().nullable(),
  })
  .meta({ id: 'OrderPart' });
const Labour = z
  .object({
    technicianId: z.string(),
    bayId: z.string(),
    lineIds: z.array(z.string()),
    startedAt: DateTime,
    endedAt: DateTime.nullable(),
    pauseReason: WaitReason.nullable(),
  })
  .meta({ id: 'LabourSpan' });
const Note = z
  .object({
    text: z.string(),
    photos: z.array(FileRef),
    visibility: noted.visibility.unwrap(),
    by: z.string(),
    at: DateTime,
  })
  .meta({ id: 'OrderNote' });
const Inspection = z
  .object({
    passed: z.boolean(),
    inspectorId: z.string(),
    checks: passed.checks,
    roadTestKm: z.number().nullable(),
    failedLineIds: z.array(z.string()),
    reason: z.string().nullable(),
    at: DateTime,
  })
  .meta({ id: 'OrderInspection' });
const Statement = z
  .object({
    number: z.string(),
    sha256: z.string(),
    responsibleMechanicId: z.string(),
    supplyKrw: Won,
    vatKrw: Won,
    totalKrw: Won,
    at: DateTime,
    /** As filed, once they are. */
    documents: z.array(FiledDocument),
  })
  .meta({ id: 'RepairStatement' });
const HandOver = z
  .object({
    receiver: events.VehicleHandedOver.schema.shape.receiver,
    signature: FileRef.nullable(),
    keyBack: z.boolean(),
    at: DateTime,
  })
  .meta({ id: 'OrderHandOver' });

export const orderRow = z.object({
  status: OrderStatus,
  /** Commands that make sense in its present state, whoever may send them. */
  offers: z.array(z.string()),
  number: z.string(),
  workshopId: z.string(),
  workshopOrgId: z.string(),
  vehicleId: z.string(),
  plate: z.string(),
  make: z.string(),
  model: z.string(),
  modelYear: z.int(),
  customerId: z.string(),
  customer: opened.customer,
  customerName: PersonName,
  payer: opened.payer,
  reservationId: z.string().nullable(),
  deliveryId: z.string().nullable(),
  warrantyOf: z.string().nullable(),
  slot: opened.slot.unwrap().nullable(),
  odometerInKm: Km,
  odometerOutKm: Km.nullable(),
  fuelPct: z.int(),
  complaint: z.string(),
  conditionPhotos: z.array(FileRef),
  openedAt: DateTime,
  promisedAt: DateTime.nullable(),
  technicianId: z.string().nullable(),
  technicianName: PersonName,
  bayId: z.string().nullable(),
  plannedHours: z.number().nullable(),
  findings: z.array(Finding),
  dtcs: z.array(z.string()),
  lines: z.array(OrderLine),
  estimates: z.array(Estimate),
  answers: z.array(Answer),
  /** Lines the client has still to answer. */
  pendingLineIds: z.array(z.string()),
  /** Until when the client may answer. */
  dueAt: DateTime.nullable(),
  approvedKrw: Won,
  parts: z.array(PartNeed),
  labour: z.array(Labour),
  workedMinutes: z.int(),
  waitReason: WaitReason.nullable(),
  waitingSince: DateTime.nullable(),
  notes: z.array(Note),
  inspections: z.array(Inspection),
  statement: Statement.nullable(),
  warrantyTerms: completed.warrantyTerms,
  completedAt: DateTime.nullable(),
  handOver: HandOver.nullable(),
  cancelReason: z.string().nullable(),
  invoiceIds: z.array(z.string()),
  /** What was drawn up for it, oldest first. */
  invoices: z.array(InvoiceLink),
  /** What is to be paid once completed or cancelled. */
  dueKrw: Won,
});
export type OrderRow = z.infer<typeof orderRow>;
