import type { OrderFolds } from './order-fold.ts';
import type { OrderRow } from './order-row.ts';

type Estimate = OrderRow['estimates'][number];

const withEstimate = (row: OrderRow, version: number, change: Partial<Estimate>): OrderRow['estimates'] =>
  row.estimates.map((estimate) => (estimate.version === version ? { ...estimate, ...change } : estimate));
const said = (row: OrderRow, lineIds: readonly string[], answer: string | null): OrderRow['lines'] =>
  row.lines.map((line) => (lineIds.includes(line.lineId) ? { ...line, answer } : line));
const noAnswer = {
  method: null,
  approver: null,
  evidence: null,
  reason: null,
  remindOn: null,
  remindAtKm: null,
  safetyAcknowledged: null,
};

/** Estimate versions and what the client answered. */
export const orderAnswers: OrderFolds<
  'EstimateDrafted' | 'EstimateSent' | 'LinesApproved' | 'LinesDeclined' | 'LinesDeferred' | 'EstimateExpired'
> = {
  EstimateDrafted: (row, { data: { version, lines, menuVersion, validUntil, supplyKrw, vatKrw, totalKrw }, meta }) => ({
    ...row,
    estimates: [
      ...row.estimates.map((one): Estimate => (one.state === 'draft' ? { ...one, state: 'replaced' } : one)),
      {
        ...{ version, lines, menuVersion, validUntil, supplyKrw, vatKrw, totalKrw },
        state: 'draft',
        supplement: false,
        draftedAt: meta.occurredAt,
        channel: null,
        sentAt: null,
        dueAt: null,
      },
    ],
  }),
  EstimateSent: (row, { data: { version, channel, dueAt, supplement }, meta }) => ({
    ...row,
    waitingSince: meta.occurredAt,
    estimates: withEstimate(
      { ...row, estimates: row.estimates.map((one) => (one.state === 'sent' ? { ...one, state: 'replaced' } : one)) },
      version,
      { state: 'sent', channel, dueAt, supplement, sentAt: meta.occurredAt },
    ),
  }),
  LinesApproved: (row, { data: { version, lineIds, approver, method, evidence = null }, meta }) => ({
    ...row,
    lines: said(row, lineIds, null),
    estimates: withEstimate(row, version, { state: 'answered' }),
    answers: [
      ...row.answers,
      {
        ...noAnswer,
        ...{ answer: 'approved', version, lineIds, approver, method, evidence },
        by: meta.actor.id,
        at: meta.occurredAt,
      },
    ],
  }),
  LinesDeclined: (row, { data: { version, lineIds, reason, safetyAcknowledged }, meta }) => ({
    ...row,
    lines: said(row, lineIds, reason),
    estimates: withEstimate(row, version, { state: 'answered' }),
    answers: [
      ...row.answers,
      {
        ...noAnswer,
        ...{ answer: 'declined', version, lineIds, reason, safetyAcknowledged },
        by: meta.actor.id,
        at: meta.occurredAt,
      },
    ],
  }),
  LinesDeferred: (
    row,
    { data: { version, lineIds, remindOn = null, remindAtKm = null, safetyAcknowledged }, meta },
  ) => ({
    ...row,
    estimates: withEstimate(row, version, { state: 'answered' }),
    answers: [
      ...row.answers,
      {
        ...noAnswer,
        ...{ answer: 'deferred', version, lineIds, remindOn, remindAtKm, safetyAcknowledged },
        by: meta.actor.id,
        at: meta.occurredAt,
      },
    ],
  }),
  EstimateExpired: (row, { data }) => ({ ...row, estimates: withEstimate(row, data.version, { state: 'expired' }) }),
};
