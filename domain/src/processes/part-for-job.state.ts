import type { ProcessInput } from '../kit/index.ts';

type Job = {
  readonly repairOrderId: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly partId: string;
  /** Whole pieces: stock knows no halves. */
  readonly qty: number;
  readonly neededBy: string;
};
export type Held = { readonly warehouseId: string; readonly partId: string; readonly qty: number };
export type PartState = {
  readonly job?: Job;
  /** Reserved for the job and not yet issued, by reservation. */
  readonly held: Readonly<Record<string, Held>>;
  /** Issued, by movement. */
  readonly issued: Readonly<Record<string, Held>>;
  /** Movements of parts that were fitted. */
  readonly used: readonly string[];
  /** Stores and inbound lines that said no. */
  readonly refused: readonly string[];
  readonly short: boolean;
  /** Pieces on standing purchase orders, as long as they are on no shelf. */
  readonly ordered: Readonly<Record<string, number>>;
  /** Good pieces that have come on them and are on their way to a shelf. */
  readonly arrived: Readonly<Record<string, number>>;
  /** Purchase orders that came to nothing, or to less. */
  readonly failed: readonly string[];
  /** Suppliers the buyer is not connected to after all. */
  readonly strangers: readonly string[];
  /** A line on its way that was promised to the job. */
  readonly promised?: string | undefined;
  /** The client said no to the line, or nothing in time: nobody keeps parts for it until they say yes after all. */
  readonly turnedDown: boolean;
  readonly ended: boolean;
};
export const initial: PartState = {
  ...{
    held: {},
    issued: {},
    used: [],
    refused: [],
    short: false,
    ordered: {},
    arrived: {},
    failed: [],
    strangers: [],
    turnedDown: false,
    ended: false,
  },
};

type Data = Record<string, unknown>;
type PoLine = { readonly poLineId: string; readonly qty: number; readonly acceptedQty?: number };
const pieces = (line: PoLine | undefined): number => line?.acceptedQty ?? 0;
export const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));
const sum = (record: Readonly<Record<string, Held>>): number =>
  Object.values(record).reduce((total, { qty }) => total + qty, 0);
/** Pieces the job still has not got. */
export const missingOf = ({ job, held, issued }: PartState): number => (job?.qty ?? 0) - sum(held) - sum(issued);

/** Of these, what is neither ordered nor promised. */
export const uncoveredOf = (state: PartState): number =>
  state.promised ? 0 : missingOf(state) - Object.values(state.ordered).reduce((total, qty) => total + qty, 0);

const heldOf = ({ warehouseId, partId, qty }: Data): Held => ({
  ...{ warehouseId: String(warehouseId), partId: String(partId), qty: Number(qty) },
});
const jobOf = ({ repairOrderId, requestId, lineId, partId, qty, neededBy }: Data): Job => ({
  ...{ repairOrderId: String(repairOrderId), requestId: String(requestId), lineId: String(lineId) },
  ...{ partId: String(partId), qty: Math.ceil(Number(qty)), neededBy: String(neededBy) },
});
const issuing = (state: PartState, data: Data): PartState => {
  const reservationId = String(data.reservationId ?? '');
  const { [reservationId]: reservation } = state.held;
  const left = (reservation?.qty ?? 0) - Number(data.qty);
  const rest = without(state.held, reservationId);
  return {
    ...state,
    held: reservation && left > 0 ? { ...rest, [reservationId]: { ...reservation, qty: left } } : rest,
    issued: { ...state.issued, [String(data.movementId)]: heldOf(data) },
  };
};
const ordering = (state: PartState, purchaseOrderId: unknown, line: PoLine | undefined): PartState =>
  line ? { ...state, promised: undefined, ordered: { ...state.ordered, [String(purchaseOrderId)]: line.qty } } : state;

const accepted = (state: PartState, purchaseOrderId: string, line: PoLine | undefined): PartState => {
  const qty = pieces(line);
  const isLess = qty < (state.ordered[purchaseOrderId] ?? 0);
  return {
    ...state,
    failed: isLess ? [...state.failed, purchaseOrderId] : state.failed,
    ordered: { ...state.ordered, [purchaseOrderId]: qty },
  };
};
const arriving = (state: PartState, purchaseOrderId: string, line: PoLine | undefined): PartState => ({
  ...state,
  arrived: { ...state.arrived, [purchaseOrderId]: (state.arrived[purchaseOrderId] ?? 0) + pieces(line) },
});
/** Pieces of the job's line are on a shelf: kept for the job in the same breath, or free for anybody to take. */
const shelved = (state: PartState, data: Data): PartState => {
  const purchaseOrderId = String(data.purchaseOrderId);
  const { [purchaseOrderId]: ordered = 0 } = state.ordered;
  const { [purchaseOrderId]: arrived = 0 } = state.arrived;
  const qty = Math.min(Number(data.qty), arrived);
  if (qty <= 0) return state;
  const crossDock = data.crossDock as { reservationId: string; qty: number } | undefined;
  return {
    ...state,
    ordered: { ...state.ordered, [purchaseOrderId]: Math.max(0, ordered - qty) },
    arrived: { ...state.arrived, [purchaseOrderId]: arrived - qty },
    held:
      crossDock && !state.turnedDown
        ? { ...state.held, [crossDock.reservationId]: heldOf({ ...data, qty: crossDock.qty }) }
        : state.held,
  };
};
/**
 * An order that came to nothing, or closed with less than was ordered: what has come still comes to the job, the rest is
 * to be found elsewhere. One for which a replacement was asked already still counts, so that none is asked for twice.
 */
const failing = (state: PartState, purchaseOrderId: string, isClosed: boolean): PartState => {
  const come = Math.min(state.ordered[purchaseOrderId] ?? 0, state.arrived[purchaseOrderId] ?? 0);
  const isKnown = purchaseOrderId in state.ordered && (isClosed || state.failed.includes(purchaseOrderId));
  const rest = without(state.ordered, purchaseOrderId);
  return {
    ...state,
    failed: [...state.failed, purchaseOrderId],
    ordered: isKnown ? { ...rest, [purchaseOrderId]: isClosed ? come : 0 } : rest,
  };
};

export const evolve = (state: PartState, { type, data }: ProcessInput): PartState => {
  const sent = (data.data ?? {}) as Data;
  const requestId = state.job?.requestId;
  const mine = (lines: unknown) => (lines as PoLine[] | undefined)?.find(({ poLineId }) => poLineId === requestId);
  switch (type) {
    case 'PartRequested':
      return { ...state, job: jobOf(data) };
    case 'PartSubstituted':
      return {
        ...{ ...initial, turnedDown: state.turnedDown, ended: state.ended },
        ...(state.job && { job: { ...state.job, partId: String(data.newPartId) } }),
      };
    case 'LinesDeclined':
    case 'LinesDeferred':
    case 'EstimateExpired':
      return { ...state, held: {}, turnedDown: true };
    case 'LinesApproved':
      return { ...state, turnedDown: false };
    case 'StockReceived':
      return shelved(state, data);
    case 'StockReserved':
      // Given back at once.
      if (state.turnedDown) return state;
      return { ...state, held: { ...state.held, [String(data.reservationId)]: heldOf(data) } };
    case 'StockIssued':
      return issuing(state, data);
    case 'PartUsed':
      return { ...state, used: [...state.used, String(data.movementId)] };
    case 'ReserveStockRejected':
      return { ...state, refused: [...state.refused, String(sent.warehouseId)] };
    case 'HoldClaimRejected':
      return { ...state, refused: [...state.refused, String(sent.value)] };
    case 'PartShortageNoted':
      return { ...state, short: true };
    case 'ClaimHeld':
      return { ...state, promised: String(data.value) };
    case 'PurchaseOrderDrafted':
      return ordering(state, data.purchaseOrderId, mine(data.lines));
    case 'LineAdded':
      return ordering(state, data.purchaseOrderId, data.line as PoLine);
    case 'SupplierAccepted':
      return accepted(state, String(data.purchaseOrderId), mine(data.lines));
    case 'GoodsReceived':
      return arriving(state, String(data.purchaseOrderId), mine(data.lines));
    case 'SupplierDeclined':
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderClosed':
      return failing(state, String(data.purchaseOrderId), type === 'PurchaseOrderClosed');
    case 'LineRemoved':
    case 'PurchaseLineDropped':
      // Taken out by somebody; what the process takes out itself it counts on no more.
      return String(data.purchaseOrderId) in state.ordered
        ? failing(state, String(data.purchaseOrderId), false)
        : state;
    case 'DraftPurchaseOrderRejected':
      return data.code === 'SUPPLIER_NOT_CONNECTED'
        ? { ...state, strangers: [...state.strangers, String(sent.supplierOrgId)] }
        : state;
    case 'LineDropped':
    case 'RepairOrderCancelled':
    case 'RepairOrderCompleted':
      return { ...state, ended: true };
    default:
      return state;
  }
};
