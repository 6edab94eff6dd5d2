import { accept, claiming, reject } from '../../kit/index.ts';
import type { partsCommands, partsEvents } from './parts.schema.ts';
import { type Decide, type Evolve, isAgreed, type Live, type PartRequest } from './repair-order.state.ts';
import type { PartGrade } from './value.schema.ts';

/** From best to least. */
const grades: readonly PartGrade[] = ['oem', 'certifiedAlt', 'reman', 'used'];
const isDowngrade = (from: PartGrade | undefined, to: PartGrade): boolean =>
  from !== undefined && grades.indexOf(to) > grades.indexOf(from);

export const partsDecide: Decide<typeof partsCommands> = {
  RequestPart: (state, data) => {
    const line = state.lines[data.lineId];
    if (!line) return reject('NOT_FOUND');
    if (line.kind !== 'part') return reject('LINE_NOT_PART');
    if (line.state !== 'approved' && line.state !== 'inWork') return reject('LINE_NOT_APPROVED');
    if (data.requestId in state.requests) return reject('ALREADY_EXISTS');
    const { requestId: value, repairOrderId: holder } = data;
    // Stock and purchase orders know a request by its id alone, so no other order may have it.
    return claiming(accept({ type: 'PartRequested', data }), {
      ...{ kind: 'partRequest', value, holder, refusal: 'ALREADY_EXISTS' },
    });
  },
  NotePartReserved: (state, data) =>
    data.requestId in state.requests ? accept({ type: 'PartReserved', data }) : reject('REQUEST_UNKNOWN'),
  NotePartShortage: (state, data) =>
    data.requestId in state.requests ? accept({ type: 'PartShortageNoted', data }) : reject('REQUEST_UNKNOWN'),
  NotePartArrived: (state, data) =>
    data.requestId in state.requests ? accept({ type: 'PartArrived', data }) : reject('REQUEST_UNKNOWN'),
  SubstitutePart: (state, data) => {
    const request = state.requests[data.requestId];
    if (!request) return reject('REQUEST_UNKNOWN');
    if (data.newGrade && isDowngrade(request.grade, data.newGrade) && !data.approvalRef)
      return reject('GRADE_DOWNGRADE_NEEDS_APPROVAL');
    return accept({ type: 'PartSubstituted', data });
  },
  UsePart: (state, data) => {
    const request = state.requests[data.requestId];
    if (!request || request.lineId !== data.lineId) return reject('REQUEST_UNKNOWN');
    if (request.state !== 'reserved' && request.state !== 'arrived') return reject('NOT_ISSUED');
    if (!isAgreed(state.lines[data.lineId])) return reject('LINE_NOT_APPROVED');
    if (request.usedQty + data.qty > request.qty) return reject('OVER_REQUESTED_QTY');
    return accept({ type: 'PartUsed', data });
  },
  ReturnPart: (state, data) => {
    const request = state.requests[data.requestId];
    if (!request) return reject('REQUEST_UNKNOWN');
    if (request.usedQty === 0) return reject('NOT_ISSUED');
    return data.qty > request.usedQty ? reject('OVER_REQUESTED_QTY') : accept({ type: 'PartReturned', data });
  },
};

export const partsEvolve: Evolve<typeof partsEvents> = {
  PartRequested: (state, { requestId, lineId, partId, qty, neededBy }) => ({
    ...state,
    requests: {
      ...state.requests,
      [requestId]: { lineId, partId, qty, neededBy, grade: state.lines[lineId]?.grade, usedQty: 0, state: 'requested' },
    },
  }),
  PartReserved: (state, { requestId }) => withRequest(state, requestId, () => ({ state: 'reserved' })),
  PartShortageNoted: (state, { requestId, missingQty }) =>
    withRequest(state, requestId, () => ({ state: 'short', missingQty })),
  PartArrived: (state, { requestId }) => withRequest(state, requestId, () => ({ state: 'arrived' })),
  PartSubstituted: (state, { requestId, newPartId, newGrade }) =>
    withRequest(state, requestId, ({ grade }) => ({
      partId: newPartId,
      grade: newGrade ?? grade,
      // The new part has to be found and issued in its turn.
      state: 'requested',
    })),
  PartUsed: (state, { requestId, qty }) => withRequest(state, requestId, ({ usedQty }) => ({ usedQty: usedQty + qty })),
  PartReturned: (state, { requestId, qty }) =>
    withRequest(state, requestId, ({ usedQty }) => ({ usedQty: usedQty - qty })),
};

const withRequest = (state: Live, requestId: string, change: (before: PartRequest) => Partial<PartRequest>): Live => {
  const request = state.requests[requestId];
  if (!request) return state;
  return { ...state, requests: { ...state.requests, [requestId]: { ...request, ...change(request) } } };
};
