import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  type Reaction,
  text,
} from '../kit/index.ts';
import { CatalogPart } from '../parts/catalog-part/catalog-part.ts';
import { end, notUnordered, releaseAll, unorder } from './part-for-job.ending.ts';
import { fit, handOut, takeBackReturned, undoIssue } from './part-for-job.issuing.ts';
import { search } from './part-for-job.search.ts';
import { evolve, initial, type PartState } from './part-for-job.state.ts';
import { again, claimed, lineOf, promisedOn, refused, reserved, timer } from './part-for-job.steps.ts';

type Data = Record<string, unknown>;
const request = ({ requestId }: Data) => String(requestId);
const requests = ({ requestIds }: Data) => (requestIds ?? []) as string[];
const purpose = ({ forKind, forId }: Data) => (forKind === 'partRequest' ? String(forId) : undefined);
const line = ({ poLineId }: Data) => String(poLineId);
const lineIds = ({ poLineIds }: Data) => (poLineIds ?? []) as string[];
const lines = ({ lines: of }: Data) => ((of ?? []) as { poLineId: string }[]).map(({ poLineId }) => poLineId);

/** P1 (domain.md §3.1): a requested part comes from a store, from what is on its way, or from a supplier. */
export const partForJob: ProcessDef<PartState> = {
  name: 'PartForJob',
  doc: text('작업에 쓸 부품 확보', 'Gets the part a job asked for'),
  starts: ['PartRequested'],
  correlate: {
    ...{ PartRequested: request, PartShortageNoted: request, PartUsed: request, PartReturned: request },
    ...{ PartSubstituted: request, LineDropped: requests, RepairOrderCancelled: requests },
    ...{ LinesApproved: requests, LinesDeclined: requests, LinesDeferred: requests, EstimateExpired: requests },
    ...{ RepairOrderCompleted: requests, StockReceived: line, StockReserved: purpose, StockIssued: purpose },
    ClaimHeld: ({ kind, holder }) => (kind === 'inbound' ? String(holder).split('.')[1] : undefined),
    ...{ PurchaseOrderDrafted: lines, SupplierAccepted: lines, GoodsReceived: lines },
    LineAdded: ({ line: added }) => line(added as Data),
    ...{ LineRemoved: line, PurchaseLineDropped: line, PromiseChanged: line },
    ...{ SupplierDeclined: lineIds, PurchaseOrderCancelled: lineIds, PurchaseOrderClosed: lineIds },
  },
  initial,
  evolve,
  react: (state, input, ctx, before) =>
    state.ended && !before.ended ? end(state, ctx, input.at) : step(before, state, input, ctx),
  idle: ({ type }) => `${type} changes nothing for the part`,
};
export const PartForJob = defineProcess<PartState>()(partForJob);

const step = (before: PartState, state: PartState, input: ProcessInput, ctx: Context): readonly Reaction[] => {
  const { type, data, at } = input;
  const { job } = state;
  if (!job) return [];
  const sent = (data.data ?? {}) as Data;
  switch (type) {
    case 'PartRequested':
      return ctx.fact(CatalogPart, job.partId).status === 'none' ? [complete] : search(state, ctx, at);
    case 'PartSubstituted':
      return [...releaseAll(before, 'substituted'), ...unorder(before, ctx), ...search(state, ctx, at)];
    case 'LinesDeclined':
    case 'LinesDeferred':
      return [...releaseAll(before, 'the client turned the line down'), ...unorder(before, ctx)];
    case 'EstimateExpired':
      // What is on order may still be wanted: the estimate is sent again more often than not.
      return releaseAll(before, 'the estimate was not answered in time');
    case 'LinesApproved':
    case 'StockReceived':
      return again(state, ctx, at);
    case 'StockReserved':
      return reserved(before, state, data, ctx, at);
    case 'ReserveStockRejected':
    case 'HoldClaimRejected':
      return search(state, ctx, at);
    case 'ClaimHeld':
      return claimed(state, data, ctx);
    case 'SupplierAccepted':
      return [...promisedOn(state, lineOf(data, job.requestId)?.promisedOn, ctx), ...again(state, ctx, at)];
    case 'PromiseChanged':
      return promisedOn(state, String(data.promisedOn), ctx);
    case 'SupplierDeclined':
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderClosed':
      return again(state, ctx, at);
    case 'LineRemoved':
    case 'PurchaseLineDropped':
      return String(data.purchaseOrderId) in before.ordered ? again(state, ctx, at) : [];
    case 'DraftPurchaseOrderRejected':
    case 'AddLineRejected':
      return refused(state, String(data.code), sent, ctx, at);
    case 'CancelPurchaseOrderRejected':
    case 'RemoveLineRejected':
    case 'DropPurchaseLineRejected':
      return notUnordered(job, String(data.code), String(sent.purchaseOrderId), ctx);
    case 'PartUsed':
      return handOut(before, data, ctx);
    case 'StockIssued':
      return fit(before, job, data);
    case 'UsePartRejected':
    case 'IssueStockRejected':
    case 'ReturnStockRejected':
      return undoIssue(state, type, sent, String(data.code), ctx);
    case 'PartReturned':
      return takeBackReturned(state, data, ctx);
    case 'TimerFired':
      return timer(state, String(data.timer), ctx, at);
    default:
      return [];
  }
};
