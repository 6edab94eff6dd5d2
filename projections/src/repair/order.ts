import { amountOf, Invoice, pendingLines, RepairOrder, type RepairOrderState } from '@cargoro/domain';
import { nameOf, personCard } from '../core/person-card.ts';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { orderAnswers } from './order-answers.ts';
import { invoicedOrder, linkOf, OrderInvoice, ownInvoices } from './order-invoice.ts';
import { orderParts } from './order-parts.ts';
import { type OrderRow, orderRow } from './order-row.ts';
import { orderWork } from './order-work.ts';

export const Person = personCard('rm_ws_person', 'repair');

/** What the workshop writes for itself is not for the customer. */
const ownNotes = (value: unknown, { as }: Onlooker): unknown =>
  as.includes('workshop') ? value : (value as OrderRow['notes']).filter((note) => note.visibility === 'customer');
const workshopOnly = (value: unknown, { as }: Onlooker): unknown => (as.includes('workshop') ? value : []);

/** A visit of one car with everything the order page shows. */
export const OrderView = readModel({
  name: 'rm_ws_order',
  type: 'RepairOrder',
  version: 3,
  group: 'repair',
  record: 'RepairOrder',
  row: orderRow,
  scope: ['workshopId', 'workshopOrgId', 'vehicleId', 'customerId', 'technicianId'],
  indexes: [
    ['workshopOrgId', 'openedAt', 'id'],
    ['workshopId', 'status'],
    ['technicianId', 'status'],
    ['vehicleId', 'openedAt'],
    ['customerId', 'openedAt'],
  ],
  from: [RepairOrder, Invoice],
  key: invoicedOrder,
  joins: [
    nameOf(Person, 'technicianId', 'technicianName'),
    nameOf(Person, 'customerId', 'customerName'),
    { from: OrderInvoice, by: 'invoiceIds', take: (_, __, others) => ({ invoices: others.map(linkOf) }) },
  ],
  masks: { notes: ownNotes, labour: workshopOnly, invoices: ownInvoices, invoiceIds: workshopOnly },
  hides: ({ type, data }, { as }) =>
    type === 'NoteAdded' && (data as { visibility?: string }).visibility !== 'customer' && !as.includes('workshop'),
}).folds({
  start: {
    RepairOrderOpened: ({ data: { repairOrderId: _, parties: __, vehicle, ...order }, meta }) => ({
      ...nothingYet,
      status: 'opened',
      number: order.number,
      workshopId: order.workshopId,
      workshopOrgId: order.workshopOrgId,
      vehicleId: order.vehicleId,
      ...vehicle,
      customerId: order.customer.id,
      customer: order.customer,
      payer: order.payer,
      reservationId: order.reservationId ?? null,
      deliveryId: order.deliveryId ?? null,
      warrantyOf: order.warrantyOf ?? null,
      slot: order.slot ?? null,
      bayId: order.slot?.bayId ?? null,
      odometerInKm: order.odometerInKm,
      fuelPct: order.fuelPct,
      complaint: order.complaint,
      conditionPhotos: order.conditionPhotos,
      openedAt: meta.occurredAt,
      promisedAt: order.promisedAt ?? null,
    }),
  },
  on: {
    TechnicianAssigned: (row, { data: { technicianId, bayId, plannedHours } }) => ({
      ...row,
      technicianId,
      bayId: bayId ?? row.bayId,
      plannedHours,
    }),
    DiagnosisRecorded: (row, { data: { findings, dtcs } }) => ({
      ...row,
      findings: [...row.findings, ...findings],
      dtcs: [...new Set([...row.dtcs, ...dtcs])],
    }),
    NoteAdded: (row, { data: { text, photos, visibility }, meta }) => ({
      ...row,
      notes: [...row.notes, { text, photos, visibility, by: meta.actor.id, at: meta.occurredAt }],
    }),
    InvoiceDrafted: (row, { data: { invoiceId } }) => ({ ...row, invoiceIds: [...row.invoiceIds, invoiceId] }),
    ...orderAnswers,
    ...orderParts,
    ...orderWork,
  },
  after: (row, state) => {
    if (state.status === 'none') return row;
    const pending = pendingLines(state).map(({ lineId }) => lineId);
    return {
      ...row,
      status: state.status,
      offers: Object.keys(RepairOrder.commands).filter((type) => RepairOrder.offersNow(type, state)),
      lines: linesOf(row, state),
      pendingLineIds: pending,
      dueAt: pending.length > 0 ? (state.sent?.dueAt ?? null) : null,
      approvedKrw: state.approvedKrw,
      dueKrw: state.dueKrw,
      waitReason: waitReasonOf(row, state.status, pending.length > 0),
      waitingSince: waitReasonOf(row, state.status, pending.length > 0) ? (row.waitingSince ?? row.asOf) : null,
    };
  },
});

type Alive = Exclude<RepairOrderState, { status: 'none' }>;
const linesOf = (row: OrderRow, state: Alive): OrderRow['lines'] => {
  const before = new Map(row.lines.map((line) => [line.lineId, line]));
  return Object.values(state.lines).map((line) => ({
    ...line,
    amountKrw: amountOf(line),
    minutes: before.get(line.lineId)?.minutes ?? null,
    answer: before.get(line.lineId)?.answer ?? null,
  }));
};

const waitReasonOf = (row: OrderRow, status: Alive['status'], pending: boolean): OrderRow['waitReason'] => {
  if (status === 'awaitingApproval') return 'waitingApproval';
  if (status === 'onHold') return row.labour.findLast(({ pauseReason }) => pauseReason)?.pauseReason ?? 'shift';
  if (status === 'approved' && row.parts.some(({ state }) => state === 'short')) return 'waitingParts';
  return status === 'inProgress' && pending ? 'waitingApproval' : null;
};

/** What an order has not got when it is opened. */
const nothingYet = {
  offers: [],
  customerName: null,
  odometerOutKm: null,
  technicianId: null,
  technicianName: null,
  plannedHours: null,
  findings: [],
  dtcs: [],
  lines: [],
  estimates: [],
  answers: [],
  pendingLineIds: [],
  dueAt: null,
  approvedKrw: 0,
  parts: [],
  labour: [],
  workedMinutes: 0,
  waitReason: null,
  waitingSince: null,
  notes: [],
  inspections: [],
  statement: null,
  warrantyTerms: [],
  completedAt: null,
  handOver: null,
  cancelReason: null,
  invoiceIds: [],
  invoices: [],
  dueKrw: 0,
};
