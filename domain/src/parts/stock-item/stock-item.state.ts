export type Reservation = { readonly qty: number; readonly expiresAt: string };
type Sent = { readonly qty: number; readonly toWarehouseId: string; readonly unitCostKrw: number };
type Expected = { readonly purchaseOrderId: string; readonly promisedOn: string };
export type Stock = {
  readonly warehouseId: string;
  readonly partId: string;
  readonly orgId: string;
  readonly onHand: number;
  readonly reserved: number;
  /** Moving average of what was received, in won. */
  readonly avgCostKrw: number;
  readonly minQty: number;
  readonly reorderQty: number;
  /** A low-stock episode is under way. */
  readonly isLow: boolean;
  readonly episodeId?: string | undefined;
  /** Open reservations with what is left of them. */
  readonly reservations: Readonly<Record<string, Reservation>>;
  readonly reservationIds: readonly string[];
  readonly movementIds: readonly string[];
  /** Issued and not yet returned, by what it was issued for. */
  readonly issued: Readonly<Record<string, number>>;
  /** Still to come, by the line of the purchase order. */
  readonly inbound: Readonly<Record<string, number>>;
  /** Whose order it is on, and when it was to come when it was entered, by the same line. */
  readonly expected: Readonly<Record<string, Expected>>;
  readonly sent: Readonly<Record<string, Sent>>;
  readonly receivedTransfers: readonly string[];
  readonly countId?: string | undefined;
  readonly closedYears: readonly number[];
};
export type StockItemState = { readonly status: 'none' } | ({ readonly status: 'open' | 'frozen' } & Stock);

export const stockId = (warehouseId: string, partId: string): string => `${warehouseId}.${partId}`;
/** What may still be promised to somebody. */
export const availableOf = (state: StockItemState | Stock): number =>
  'onHand' in state ? state.onHand - state.reserved : 0;
export const inboundOf = (state: Stock): number => Object.values(state.inbound).reduce((sum, qty) => sum + qty, 0);

/** Average cost after more comes in at its own cost, rounded to the won. */
export const averageCost = ({ onHand, avgCostKrw }: Stock, qty: number, unitCostKrw: number): number =>
  Math.round((onHand * avgCostKrw + qty * unitCostKrw) / (onHand + qty));
