import { type Accepted, accept, after, type Context, isBefore, plusHours, reject } from '../../kit/index.ts';
import { sumOf } from '../../shared/values.ts';
import { menuOfVersion } from '../workshop/posted.ts';
import { Workshop } from '../workshop/workshop.ts';
import { approvalRefusal, exceedsLimit } from './approval.ts';
import type { estimateCommands, estimateEvents } from './estimate.schema.ts';
import {
  hasUnpostedRate,
  isExempt,
  isFixed,
  isNegative,
  isSupplement,
  lacksGradeChoice,
  touchesFixed,
  withDraft,
} from './estimate-rules.ts';
import { amountOf, totalsOf } from './money.ts';
import {
  agreedKrw,
  type Decide,
  type Evolve,
  isAgreed,
  type Live,
  linesOf,
  type Order,
  pendingLines,
  type RepairOrderState,
  requestsOf,
  withLines,
} from './repair-order.state.ts';
import type { EstimateLine } from './value.schema.ts';

/** The client has two days to answer (domain.md P3). */
const answerHours = 48;

/** Urgent faults may be left, but only by somebody who was told. */
const needsAck = (state: Order, lineIds: readonly string[]): boolean =>
  lineIds.some((lineId) => state.severities[state.lines[lineId]?.findingId ?? ''] === 'urgent');

const answerRefusal = (state: Order, lineIds: readonly string[], acknowledged: boolean) => {
  if (lineIds.some((lineId) => !state.lines[lineId])) return 'NOT_FOUND';
  if (lineIds.some((lineId) => !['proposed', 'declined', 'deferred'].includes(state.lines[lineId]?.state ?? '')))
    return 'WRONG_STATE';
  return needsAck(state, lineIds) && !acknowledged ? 'SAFETY_LINE_NEEDS_ACK' : undefined;
};

/** Parts that were asked for to do these lines, in a version before. */
const partsFor = (state: Order, lineIds: readonly string[]) => ({
  requestIds: lineIds.flatMap((lineId) => requestsOf(state, lineId)),
});

type Deferral = {
  readonly lineIds: readonly string[];
  readonly remindAtKm?: number | undefined;
  readonly remindOn?: string | undefined;
};
/** What was put off comes back as a reminder of the car, when the client named a day or a mileage. */
const reminding = <E>(deferred: Accepted<E>, state: Order, data: Deferral, ctx: Context): Accepted<E> => {
  const { lineIds, remindAtKm: dueKm, remindOn: dueOn } = data;
  if (dueKm === undefined && dueOn === undefined) return deferred;
  const names = lineIds.map((lineId) => state.lines[lineId]?.name ?? state.lines[lineId]?.serviceCode ?? '');
  const note = [...new Set(names)]
    .filter((name) => name !== '')
    .join(', ')
    .slice(0, 500);
  const reminder = { vehicleId: state.vehicleId, reminderId: ctx.newId(), kind: 'service', ...(note && { note }) };
  return after(deferred, {
    ...{ aggregate: 'Vehicle', type: 'SetReminder' },
    data: { ...reminder, ...(dueKm !== undefined && { dueKm }), ...(dueOn !== undefined && { dueOn }) },
  });
};

export const estimateDecide: Decide<typeof estimateCommands> = {
  DraftEstimate: (state, data, ctx) => {
    const { lines } = data;
    if (data.version !== state.version + 1) return reject('VERSION_NOT_NEXT');
    const workshop = ctx.fact(Workshop, state.workshopId);
    const menu = workshop.status === 'none' ? undefined : menuOfVersion(workshop, data.menuVersion);
    if (workshop.status === 'none' || !menu) return reject('NOT_FOUND');
    if (new Set(lines.map(({ lineId }) => lineId)).size < lines.length) return reject('ALREADY_EXISTS');
    if (lines.some(({ lineId }) => isFixed(state, state.lines[lineId]))) return reject('ALREADY_EXISTS');
    if (lines.some(isNegative) || sumOf(lines, amountOf) < 0) return reject('PRICE_NEGATIVE');
    if (hasUnpostedRate(lines, workshop, ctx)) return reject('RATE_NOT_POSTED');
    if (lines.some(lacksGradeChoice)) return reject('GRADE_CHOICE_MISSING');
    const exempt = ({ serviceCode }: EstimateLine) =>
      serviceCode !== undefined && menu.items[serviceCode]?.estimateExempt === true;
    const exemptLineIds = lines.filter(exempt).map(({ lineId }) => lineId);
    return accept({ type: 'EstimateDrafted', data: { ...data, ...totalsOf(lines), exemptLineIds } });
  },
  SendEstimate: (state, data, ctx) => {
    const { draft, sent } = state;
    if (data.version === sent?.version && !draft) return sent.expired ? reject('ESTIMATE_EXPIRED') : accept();
    if (!draft || data.version !== draft.version) return reject('NOT_LATEST_VERSION');
    if (draft.lines.length === 0) return reject('EMPTY_ESTIMATE');
    // Work may have begun since the draft.
    if (touchesFixed(state)) return reject('WRONG_STATE');
    // Without a diagnosis only exempt work can be offered.
    if (state.status === 'opened' && !isExempt(state)) return reject('WRONG_STATE');
    return accept({
      type: 'EstimateSent',
      data: {
        ...data,
        dueAt: plusHours(ctx.now, answerHours),
        validUntil: draft.validUntil,
        supplement: isSupplement(state),
        totalKrw: totalsOf(draft.lines).totalKrw,
        lineIds: draft.lines.map(({ lineId }) => lineId),
      },
    });
  },
  ApproveLines: (state, data, ctx) => {
    // Exempt work (K3) needs consent but no estimate: its draft can be agreed to without having been sent.
    const ofDraft = state.draft?.version === data.version && isExempt(state) && !touchesFixed(state);
    const order = ofDraft ? withDraft(state) : state;
    const refusal = approvalRefusal(state, order, data, ctx);
    if (refusal) return reject(refusal);
    const lineIds = data.lineIds.filter((lineId) => !isAgreed(order.lines[lineId]));
    if (lineIds.length === 0) return accept();
    const approvedTotalKrw = agreedKrw(Object.values(approved(order, lineIds, data.choices)));
    if (exceedsLimit(state, data, approvedTotalKrw, ctx)) return reject('OVER_APPROVAL_LIMIT');
    return accept({ type: 'LinesApproved', data: { ...data, lineIds, approvedTotalKrw, ...partsFor(order, lineIds) } });
  },
  DeclineLines: (state, data) => {
    const refusal = answerRefusal(state, data.lineIds, data.safetyAcknowledged);
    if (refusal) return reject(refusal);
    const version = state.sent?.version ?? state.version;
    return accept({ type: 'LinesDeclined', data: { ...data, version, ...partsFor(state, data.lineIds) } });
  },
  DeferLines: (state, data, ctx) => {
    const refusal = answerRefusal(state, data.lineIds, data.safetyAcknowledged);
    if (refusal) return reject(refusal);
    const version = state.sent?.version ?? state.version;
    const deferred = { ...data, version, ...partsFor(state, data.lineIds) };
    return reminding(accept({ type: 'LinesDeferred', data: deferred }), state, data, ctx);
  },
  ExpireEstimate: (state, data, ctx) => {
    const { sent } = state;
    if (sent?.version !== data.version || pendingLines(state).length === 0) return reject('ALREADY_ANSWERED');
    if (isBefore(ctx.now, sent.dueAt)) return reject('NOT_DUE');
    const unanswered = pendingLines(state).map(({ lineId }) => lineId);
    return accept({ type: 'EstimateExpired', data: { ...data, ...partsFor(state, unanswered) } });
  },
};

export const estimateEvolve: Evolve<typeof estimateEvents> = {
  EstimateDrafted: (state, { version, lines, exemptLineIds, validUntil }) => ({
    ...state,
    version,
    draft: { version, lines, exemptLineIds, validUntil },
  }),
  EstimateSent: (state, { version, dueAt, validUntil, supplement }) => {
    const merged = withDraft(state);
    return {
      ...merged,
      status: supplement ? state.status : 'awaitingApproval',
      draft: undefined,
      sent: { version, dueAt, validUntil, expired: false },
      approvedKrw: agreedKrw(linesOf(merged)),
    };
  },
  LinesApproved: (state, { version, lineIds, choices, approvedTotalKrw }, { meta }) => {
    const { draft } = state;
    const order: Live =
      draft?.version === version
        ? { ...withDraft(state), draft: undefined, sent: offered(draft, meta.occurredAt) }
        : state;
    const before = ['opened', 'diagnosed', 'awaitingApproval'].includes(state.status);
    return {
      ...order,
      status: before ? 'approved' : state.status,
      lines: approved(order, lineIds, choices),
      approvedKrw: approvedTotalKrw,
    };
  },
  LinesDeclined: (state, { lineIds }) => answered(state, lineIds, 'declined'),
  LinesDeferred: (state, { lineIds }) => answered(state, lineIds, 'deferred'),
  EstimateExpired: (state) => {
    const sent = state.sent && { ...state.sent, expired: true };
    if (state.status !== 'awaitingApproval') return { ...state, sent };
    return { ...state, sent, status: linesOf(state).some(isAgreed) ? 'approved' : 'diagnosed' };
  },
};

/** Exempt work that was agreed to in part: the rest stays open to an answer like that of any estimate. */
const offered = ({ version, validUntil }: { version: number; validUntil: string }, at: string) => ({
  version,
  dueAt: plusHours(at, answerHours),
  validUntil,
  expired: false,
});

type Choices = readonly { readonly lineId: string; readonly grade: string }[] | undefined;
const approved = (order: Order, lineIds: readonly string[], choices: Choices): Order['lines'] =>
  withLines(order, lineIds, (line) => {
    const chosen = choices?.find(({ lineId }) => lineId === line.lineId);
    const choice = line.alternatives?.find(({ grade }) => grade === chosen?.grade);
    return { ...line, ...choice, state: 'approved' };
  });

const answered = (state: Live, lineIds: readonly string[], answer: 'declined' | 'deferred'): RepairOrderState => {
  const after = { ...state, lines: withLines(state, lineIds, (line) => ({ ...line, state: answer })) };
  if (state.status !== 'awaitingApproval' || pendingLines(after).length > 0) return after;
  return { ...after, status: linesOf(after).some(isAgreed) ? 'approved' : 'declined' };
};
