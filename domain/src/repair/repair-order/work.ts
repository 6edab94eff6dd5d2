import { accept, reject } from '../../kit/index.ts';
import { Workshop } from '../workshop/workshop.ts';
import { disengaging, engaging, enteringBay, leavingBay } from './bay-use.ts';
import { technicianRefusal, withSeverities } from './opening.ts';
import {
  type Decide,
  type Evolve,
  isOpen,
  type Live,
  linesOf,
  type Order,
  pendingLines,
  requestsOf,
  usedOnLine,
  withLines,
} from './repair-order.state.ts';
import type { workCommands, workEvents } from './work.schema.ts';

const startRefusal = (state: Order, lineIds: readonly string[]) => {
  const drafted = new Map((state.draft?.lines ?? []).map((line) => [line.lineId, line]));
  for (const lineId of lineIds) {
    const line = state.lines[lineId];
    if (!line && !drafted.has(lineId)) return state.version === 0 ? 'ESTIMATE_REQUIRED' : 'NOT_FOUND';
    if (line?.state === 'approved' || line?.state === 'inWork') continue;
    const exempt = state.draft?.exemptLineIds.includes(lineId) === true;
    return line || exempt ? 'WORK_NOT_APPROVED' : 'ESTIMATE_REQUIRED';
  }
  return undefined;
};

/** Technicians who have nothing in hand once a line is finished or dropped; a pause has freed them all before. */
const freedBy = ({ status, working }: Live, lineId: string): readonly string[] =>
  status === 'onHold'
    ? []
    : Object.entries(working).flatMap(([id, lineIds]) => (lineIds.every((own) => own === lineId) ? [id] : []));
const withoutLine = ({ working }: Order, lineId: string): Order['working'] =>
  Object.fromEntries(
    Object.entries(working)
      .map(([id, lineIds]) => [id, lineIds.filter((own) => own !== lineId)] as const)
      .filter(([, lineIds]) => lineIds.length > 0),
  );

export const workDecide: Decide<typeof workCommands> = {
  StartWork: (state, data, ctx) => {
    const refusal = startRefusal(state, data.lineIds) ?? technicianRefusal(state, data.technicianId, ctx);
    if (refusal) return reject(refusal);
    const workshop = ctx.fact(Workshop, state.workshopId);
    if (workshop.status === 'none' || !(data.bayId in workshop.bays)) return reject('NOT_FOUND');
    const started = accept({ type: 'WorkStarted' as const, data });
    return enteringBay(engaging(started, [data.technicianId], data.repairOrderId), state, data.bayId, ctx.now);
  },
  PauseWork: (state, data) =>
    disengaging(accept({ type: 'WorkPaused', data }), Object.keys(state.working), data.repairOrderId),
  ResumeWork: (state, data) =>
    engaging(accept({ type: 'WorkResumed', data }), Object.keys(state.working), data.repairOrderId),
  LeaveBay: (state, data, ctx) =>
    state.slot ? leavingBay(accept({ type: 'BayLeft', data }), state, ctx.now) : accept(),
  FinishLine: (state, data) => {
    const line = state.lines[data.lineId];
    if (!line) return reject('NOT_FOUND');
    if (line.state !== 'inWork') return reject('NOT_RUNNING');
    if (line.kind === 'part' && usedOnLine(state, data.lineId) === 0) return reject('PART_NOT_USED');
    return disengaging(accept({ type: 'LineFinished', data }), freedBy(state, data.lineId), data.repairOrderId);
  },
  DropLine: (state, data) => {
    const line = state.lines[data.lineId];
    if (!line) return reject('NOT_FOUND');
    if (line.state !== 'approved' && line.state !== 'inWork') return reject('NOT_RUNNING');
    if (usedOnLine(state, data.lineId) > 0) return reject('PARTS_NOT_RETURNED');
    const dropped = accept({
      type: 'LineDropped' as const,
      data: { ...data, requestIds: requestsOf(state, data.lineId) },
    });
    return disengaging(dropped, freedBy(state, data.lineId), data.repairOrderId);
  },
  ReportAdditionalWork: (_state, data) => accept({ type: 'AdditionalWorkReported', data }),
  FinishWork: (state, data, ctx) => {
    if (linesOf(state).some(isOpen)) return reject('OPEN_LINES');
    if (pendingLines(state).length > 0) return reject('UNANSWERED_SUPPLEMENT');
    const finished = accept({ type: 'WorkFinished' as const, data });
    return leavingBay(disengaging(finished, Object.keys(state.working), data.repairOrderId), state, ctx.now);
  },
  PassInspection: (state, data, ctx) => {
    const workshop = ctx.fact(Workshop, state.workshopId);
    // A one-man workshop has nobody else to look.
    const alone = workshop.status === 'none' || Object.keys(workshop.technicians).length <= 1;
    if (!alone && state.mechanics.includes(data.inspectorId)) return reject('INSPECTOR_IS_MECHANIC');
    if (data.checks.length === 0) return reject('CHECK_MISSING');
    if (data.checks.some(({ pass }) => !pass)) return reject('FAILED_CHECK_PRESENT');
    return accept({ type: 'InspectionPassed', data });
  },
  FailInspection: (state, data) => {
    if (data.lineIds.some((lineId) => !state.lines[lineId])) return reject('NOT_FOUND');
    if (data.lineIds.some((lineId) => state.lines[lineId]?.state !== 'done')) return reject('WRONG_STATE');
    return accept({ type: 'InspectionFailed', data });
  },
};

export const workEvolve: Evolve<typeof workEvents> = {
  WorkStarted: (state, { technicianId, bayId, lineIds }) => {
    // Who starts after a pause starts afresh: whatever was in hand before waits for its own start.
    const working = state.status === 'onHold' ? {} : state.working;
    const own = [...new Set([...(working[technicianId] ?? []), ...lineIds])];
    return {
      ...state,
      status: 'inProgress',
      lines: withLines(state, lineIds, (line) => ({ ...line, state: 'inWork' })),
      working: { ...working, [technicianId]: own },
      mechanics: state.mechanics.includes(technicianId) ? state.mechanics : [...state.mechanics, technicianId],
      inBay: state.inBay || state.slot?.bayId === bayId,
    };
  },
  WorkPaused: (state) => ({ ...state, status: 'onHold' }),
  WorkResumed: (state) => ({ ...state, status: 'inProgress' }),
  BayLeft: (state) => ({ ...state, slot: undefined, inBay: false }),
  LineFinished: (state, { lineId }) => withLineIn(state, lineId, 'done'),
  LineDropped: (state, { lineId }) => withLineIn(state, lineId, 'dropped'),
  AdditionalWorkReported: (state, { findings }) => ({
    ...state,
    severities: withSeverities(state.severities, findings),
  }),
  WorkFinished: (state) => ({ ...state, status: 'qualityCheck', working: {}, slot: undefined, inBay: false }),
  InspectionPassed: (state) => ({ ...state, status: 'inspected' }),
  InspectionFailed: (state, { lineIds }) => ({
    ...state,
    status: 'inProgress',
    lines: withLines(state, lineIds, (line) => ({ ...line, state: 'inWork' })),
  }),
};

const withLineIn = (state: Live, lineId: string, after: 'done' | 'dropped'): Live => ({
  ...state,
  lines: withLines(state, [lineId], (line) => ({ ...line, state: after })),
  working: withoutLine(state, lineId),
});
