import { DateTime, Day, SignedWon, StockItem, seoulDay, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { partNameRow, partNames, unnamed } from './catalogue.ts';

const { events } = StockItem;
const Kept = events.StockReserved.schema
  .pick({ reservationId: true, qty: true, forKind: true, forId: true, expiresAt: true })
  .meta({ id: 'StockReservation' });
const Inbound = z
  .object({ purchaseOrderId: z.string(), poLineId: z.string(), qty: z.int(), promisedOn: Day })
  .meta({ id: 'InboundLine' });

const row = z.object({
  status: z.enum(['open', 'frozen']).meta({ id: 'StockStatus' }),
  orgId: z.string(),
  warehouseId: z.string(),
  partId: z.string(),
  ...partNameRow,
  bin: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  /** On hand and promised to nobody. */
  available: z.int(),
  inbound: z.int(),
  minQty: z.int(),
  reorderQty: z.int(),
  leadDays: z.int().nullable(),
  /** Below its minimum since the episode began, and not replenished. */
  low: z.boolean(),
  avgCostKrw: Won,
  valueKrw: Won,
  /** Cost of what was issued in `year`: what the ABC classes rank by. */
  issuedKrw: SignedWon,
  year: z.int(),
  reservations: z.array(Kept),
  inboundLines: z.array(Inbound),
  lastMoveAt: DateTime.nullable(),
  openedAt: DateTime,
});
type StockRow = z.infer<typeof row>;

const levelled = <R extends StockRow>(row: R): R => {
  const reserved = row.reservations.reduce((sum, { qty }) => sum + qty, 0);
  const inbound = row.inboundLines.reduce((sum, { qty }) => sum + qty, 0);
  return { ...row, reserved, inbound, available: row.onHand - reserved, valueKrw: row.onHand * row.avgCostKrw };
};
const moved = <R extends StockRow>(row: R, onHand: number, at: string): R =>
  levelled({ ...row, onHand, lastMoveAt: at });
const taking = (row: StockRow, reservationId: string | undefined, qty: number): StockRow['reservations'] =>
  row.reservations.flatMap((one) => {
    const left = one.reservationId === reservationId ? one.qty - qty : one.qty;
    return left > 0 ? [{ ...one, qty: left }] : [];
  });
const arriving = (row: StockRow, poLineId: string, qty: number): StockRow['inboundLines'] =>
  row.inboundLines.flatMap((one) => {
    const left = one.poLineId === poLineId ? one.qty - qty : one.qty;
    return left > 0 ? [{ ...one, qty: left }] : [];
  });
const issuing = <R extends StockRow>(row: R, krw: number, at: string): R => {
  const year = Number(seoulDay(at).slice(0, 4));
  return { ...row, year, issuedKrw: (year > row.year ? 0 : row.issuedKrw) + krw };
};

/** Share of what the warehouse issued of late by parts that move more money than this one: up to 80 % A, up to 95 % B. */
const abc = `case when rm_stock.issued_krw <= 0 then 'C' else (
  select case when coalesce(sum(o.issued_krw) filter (where (o.issued_krw, o.id) > (rm_stock.issued_krw, rm_stock.id)), 0)
      < 0.8 * sum(o.issued_krw) then 'A'
    when coalesce(sum(o.issued_krw) filter (where (o.issued_krw, o.id) > (rm_stock.issued_krw, rm_stock.id)), 0)
      < 0.95 * sum(o.issued_krw) then 'B' else 'C' end
  from rm_stock o where o.warehouse_id = rm_stock.warehouse_id and o.issued_krw > 0) end`;

/** A part in a warehouse: how many there are, how many are promised, how many are on their way. For its organisation. */
export const StockView = readModel({
  name: 'rm_stock',
  type: 'StockItem',
  version: 1,
  group: 'parts',
  record: 'StockItem',
  row,
  scope: ['warehouseId', 'orgId'],
  indexes: [['warehouseId', 'openedAt', 'id'], ['orgId', 'openedAt', 'id'], ['partId']],
  from: [StockItem],
  joins: [partNames],
  computed: { abc: { schema: z.enum(['A', 'B', 'C']).meta({ id: 'AbcClass' }), sql: abc } },
}).folds({
  start: {
    StockOpened: ({ data: { warehouseId, partId, orgId, bin, minQty, reorderQty }, meta }) => ({
      ...{ status: 'open', warehouseId, partId, orgId, bin, minQty, reorderQty, leadDays: null, ...unnamed },
      ...{ onHand: 0, reserved: 0, available: 0, inbound: 0, low: false, avgCostKrw: 0, valueKrw: 0, issuedKrw: 0 },
      ...{ year: Number(seoulDay(meta.occurredAt).slice(0, 4)), reservations: [], inboundLines: [], lastMoveAt: null },
      openedAt: meta.occurredAt,
    }),
  },
  on: {
    StockReceived: (row, { data: { qty, poLineId, onHandAfter, avgCostKrw }, meta }) =>
      moved({ ...row, avgCostKrw, inboundLines: arriving(row, poLineId, qty) }, onHandAfter, meta.occurredAt),
    StockReserved: (row, { data: { reservationId, qty, forKind, forId, expiresAt } }) =>
      levelled({ ...row, reservations: [...row.reservations, { reservationId, qty, forKind, forId, expiresAt }] }),
    StockReservationExtended: (row, { data: { reservationId, expiresAt } }) => ({
      ...row,
      reservations: row.reservations.map((one) => (one.reservationId === reservationId ? { ...one, expiresAt } : one)),
    }),
    StockReleased: (row, { data: { reservationId, qty } }) =>
      levelled({ ...row, reservations: taking(row, reservationId, qty) }),
    StockIssued: (row, { data: { reservationId, qty, onHandAfter, costKrw }, meta }) =>
      moved(
        issuing({ ...row, reservations: taking(row, reservationId, qty) }, costKrw, meta.occurredAt),
        onHandAfter,
        meta.occurredAt,
      ),
    StockReturned: (row, { data: { onHandAfter }, meta }) => moved(row, onHandAfter, meta.occurredAt),
    StockAdjusted: (row, { data: { onHandAfter }, meta }) => moved(row, onHandAfter, meta.occurredAt),
    StockTransferredOut: (row, { data: { onHandAfter }, meta }) => moved(row, onHandAfter, meta.occurredAt),
    StockTransferredIn: (row, { data: { onHandAfter, avgCostKrw }, meta }) =>
      moved({ ...row, avgCostKrw }, onHandAfter, meta.occurredAt),
    ReorderPointSet: (row, { data: { minQty, reorderQty, leadDays } }) => ({ ...row, minQty, reorderQty, leadDays }),
    InboundExpected: (row, { data: { purchaseOrderId, poLineId, qty, promisedOn } }) =>
      levelled({
        ...row,
        inboundLines: [
          ...row.inboundLines.filter((one) => one.poLineId !== poLineId),
          { purchaseOrderId, poLineId, qty, promisedOn },
        ],
      }),
    InboundDropped: (row, { data }) =>
      levelled({ ...row, inboundLines: row.inboundLines.filter(({ poLineId }) => poLineId !== data.poLineId) }),
    CountStarted: (row) => ({ ...row, status: 'frozen' }),
    CountFinished: (row) => ({ ...row, status: 'open' }),
    LowStockReached: (row) => ({ ...row, low: true }),
    StockReplenished: (row) => ({ ...row, low: false }),
  },
});
