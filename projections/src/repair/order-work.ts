import { minutesBetween } from '@cargoro/domain';
import type { OrderFolds } from './order-fold.ts';
import type { OrderRow } from './order-row.ts';

type Labour = OrderRow['labour'][number];

/** Stops every running clock. */
const stopped = (
  row: OrderRow,
  at: string,
  pauseReason: Labour['pauseReason'] = null,
): Pick<OrderRow, 'labour' | 'workedMinutes'> => ({
  labour: row.labour.map((span) => (span.endedAt ? span : { ...span, endedAt: at, pauseReason })),
  workedMinutes: row.labour
    .filter(({ endedAt }) => endedAt === null)
    .reduce((sum, { startedAt }) => sum + Math.max(0, minutesBetween(startedAt, at)), row.workedMinutes),
});

/** The clock, the final inspection and the end of the visit. */
export const orderWork: OrderFolds<
  | 'WorkStarted'
  | 'WorkPaused'
  | 'WorkResumed'
  | 'BayLeft'
  | 'LineFinished'
  | 'AdditionalWorkReported'
  | 'WorkFinished'
  | 'InspectionPassed'
  | 'InspectionFailed'
  | 'RepairOrderCompleted'
  | 'StatementFiled'
  | 'VehicleHandedOver'
  | 'RepairOrderCancelled'
> = {
  WorkStarted: (row, { data: { technicianId, bayId, lineIds }, meta }) => ({
    ...row,
    technicianId: row.technicianId ?? technicianId,
    bayId,
    labour: [
      ...row.labour,
      { technicianId, bayId, lineIds, startedAt: meta.occurredAt, endedAt: null, pauseReason: null },
    ],
  }),
  WorkPaused: (row, { data, meta }) => ({
    ...row,
    ...stopped(row, meta.occurredAt, data.reason),
    waitingSince: meta.occurredAt,
  }),
  WorkResumed: (row, { meta }) => ({
    ...row,
    labour: [
      ...row.labour,
      ...row.labour
        .filter(({ endedAt, pauseReason }) => pauseReason !== null && endedAt === row.waitingSince)
        .map((span): Labour => ({ ...span, startedAt: meta.occurredAt, endedAt: null, pauseReason: null })),
    ],
    waitingSince: null,
  }),
  BayLeft: (row) => ({ ...row, bayId: null }),
  LineFinished: (row, { data: { lineId, minutes } }) => ({
    ...row,
    lines: row.lines.map((line) =>
      line.lineId === lineId ? { ...line, minutes: (line.minutes ?? 0) + minutes } : line,
    ),
  }),
  AdditionalWorkReported: (row, { data }) => ({ ...row, findings: [...row.findings, ...data.findings] }),
  WorkFinished: (row, { meta }) => ({ ...row, ...stopped(row, meta.occurredAt) }),
  InspectionPassed: (row, { data: { inspectorId, checks, roadTestKm }, meta }) => ({
    ...row,
    inspections: [
      ...row.inspections,
      { passed: true, inspectorId, checks, roadTestKm, failedLineIds: [], reason: null, at: meta.occurredAt },
    ],
  }),
  InspectionFailed: (row, { data: { lineIds, reason }, meta }) => ({
    ...row,
    inspections: [
      ...row.inspections,
      {
        passed: false,
        inspectorId: meta.actor.id,
        checks: [],
        roadTestKm: null,
        failedLineIds: lineIds,
        reason,
        at: meta.occurredAt,
      },
    ],
  }),
  RepairOrderCompleted: (row, { data, meta }) => ({
    ...row,
    odometerOutKm: data.odometerOutKm,
    completedAt: meta.occurredAt,
    warrantyTerms: data.warrantyTerms,
    statement: {
      number: data.statementNo,
      sha256: data.statementSha256,
      responsibleMechanicId: data.responsibleMechanicId,
      supplyKrw: data.supplyKrw,
      vatKrw: data.vatKrw,
      totalKrw: data.totalKrw,
      at: meta.occurredAt,
      documents: [],
    },
  }),
  StatementFiled: (row, { data: { documents } }) => ({
    ...row,
    statement: row.statement && { ...row.statement, documents },
  }),
  VehicleHandedOver: (row, { data: { receiver, signature = null, keyBack, at } }) => ({
    ...row,
    handOver: { receiver, signature, keyBack, at },
  }),
  RepairOrderCancelled: (row, { data, meta }) => ({
    ...row,
    ...stopped(row, meta.occurredAt),
    cancelReason: data.reasonCode,
  }),
};
