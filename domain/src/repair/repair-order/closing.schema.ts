import { z } from 'zod';
import { allow, command, event, text } from '../../kit/index.ts';
import { Code, DateTime, FiledDocuments, FileRef, Id, Km, Sha256, Won } from '../../shared/values.ts';
import { beforeEnd, desk } from './opening.schema.ts';
import { InspectionCheck, Receiver, requestIds, totals, WarrantyTerm } from './value.schema.ts';

const repairOrderId = Id;
const Complete = z.object({
  repairOrderId,
  odometerOutKm: Km,
  responsibleMechanicId: Id,
  statementNo: Code,
  statementSha256: Sha256,
});
const HandOver = z.object({
  repairOrderId,
  receiver: Receiver,
  signature: FileRef.optional(),
  at: DateTime,
  keyBack: z.boolean(),
});
const FileStatement = z.object({ repairOrderId, documents: FiledDocuments });
const Cancel = z.object({
  repairOrderId,
  reasonCode: Code,
  diagnosisFeeKrw: Won.optional(),
  /** During work: that the car can be moved as it stands, item by item. */
  safeState: z.array(InspectionCheck).max(50).optional(),
});

export const closingCommands = {
  CompleteOrder: command({
    label: text('정비 완료하기', 'Complete order'),
    doc: text(
      '정비를 완료하고 명세서 번호와 책임 정비사를 남긴다. 무상 수리 기간이 정해진다.',
      'Completes the order with its statement and responsible mechanic, and grants the warranty.',
    ),
    by: [desk, allow(['LEAD_TECHNICIAN'], 'workshop')],
    in: ['inspected'],
    emits: ['RepairOrderCompleted'],
    refuses: ['ODOMETER_BACKWARDS', 'RESPONSIBLE_MISSING', 'TOTAL_OVER_APPROVED'],
    input: Complete,
  }),
  FileStatement: command({
    label: text('명세서 보관하기', 'File statement'),
    doc: text(
      '완료한 정비의 명세서를 보관하고 그 지문을 남긴다.',
      'Files the statement of a completed order and records the fingerprint of each document.',
    ),
    by: [],
    internal: true,
    in: ['completed', 'closed'],
    emits: ['StatementFiled'],
    refuses: ['ALREADY_FILED'],
    input: FileStatement,
  }),
  HandOver: command({
    label: text('차량 인도하기', 'Hand over'),
    doc: text('차량을 서명을 받고 인도한다.', 'Hands the car over against a signature.'),
    by: [desk],
    in: ['completed', 'cancelled'],
    emits: ['VehicleHandedOver'],
    refuses: ['INVOICE_NOT_ISSUED', 'SIGNATURE_REQUIRED'],
    input: HandOver,
  }),
  CancelOrder: command({
    label: text('정비 취소하기', 'Cancel order'),
    doc: text('정비를 취소한다. 차량은 인도해야 한다.', 'Cancels the order; the car is still to be handed over.'),
    by: [desk],
    in: beforeEnd,
    emits: ['RepairOrderCancelled'],
    refuses: ['FAILED_CHECK_PRESENT', 'PARTS_NOT_RETURNED', 'WORK_DONE_MUST_BE_INVOICED'],
    input: Cancel,
  }),
};

export const closingEvents = {
  RepairOrderCompleted: event(
    Complete.extend({
      ...totals,
      finalTotalKrw: Won,
      ...requestIds,
      warrantyTerms: z.array(WarrantyTerm),
    }),
  ),
  StatementFiled: event(FileStatement),
  VehicleHandedOver: event(HandOver),
  RepairOrderCancelled: event(Cancel.extend({ ...requestIds, wasInWork: z.boolean().default(false) })),
};
