import { cast, place } from '../cast.ts';
import type { Draw } from '../draw.ts';
import { entriesOf, type Fields, fieldsOf, keysOf } from '../knowledge.ts';

type Fill = (draw: Draw) => Record<string, unknown>;

const orderLines = ({ state }: Draw) => entriesOf(state.lines);
const line: Fill = ({ fresh, one, day, int }) => ({
  ...{ poLineId: fresh(), partId: one(place.parts), qty: int(1, 4), unitPriceKrw: 30_000, neededBy: day(3) },
});
const poLineId = (draw: Draw) => draw.one(orderLines(draw))?.[0];
const left = (draw: Draw, of: (line: Fields) => number) =>
  orderLines(draw).flatMap(([id, known]) => (of(known) > 0 ? [{ poLineId: id, qty: of(known) }] : []));
const reservation = ({ state, one }: Draw) => one(entriesOf(state.reservations));
/** What a reservation was made for, and how much of it is left. */
const reserved: Fill = (draw) => {
  const [reservationId, kept] = reservation(draw) ?? [];
  const { forKind, forId } = draw.told('StockReserved', (data) => data.reservationId === reservationId);
  return reservationId ? { reservationId, forKind, forId, qty: draw.one([kept?.qty, 1]) } : {};
};
const itsShortage = ({ knowledge, one }: Draw): string | undefined =>
  one(knowledge.ofName('StockItem').flatMap(({ folded }) => String(fieldsOf(folded.state).episodeId ?? '') || []));

/** Catalogue, stock and purchases. */
export const partsInputs: Readonly<Record<string, Fill>> = {
  ListPart: ({ actor, int }) => ({
    supplierOrgId: actor.orgId,
    partNo: `P-${int(1, 5)}`,
    brand: '한빛',
    listPriceKrw: 10_000,
  }),
  ChangePrice: ({ state, day, one }) => {
    const krw = ((state.prices ?? []) as { krw: number }[]).at(-1)?.krw ?? 1_000;
    return {
      listPriceKrw: Math.round(krw * one([1.1, 0.9, 1, 2])!),
      effectiveFrom: day(1),
      approverId: one([undefined, cast.admin.id]),
    };
  },
  AddFitment: ({ fresh, int }) => ({ fitmentId: fresh(), yearFrom: 2020, yearTo: int(2_019, 2_024) }),
  RemoveFitment: ({ state, one }) => ({ fitmentId: one(keysOf(state.fitments)) }),
  RecallPart: () => ({ lots: [] }),

  OpenStock: ({ one }) => ({ orgId: place.garages[0], minQty: one([0, 2]), reorderQty: 4 }),
  ReceiveStock: ({ fresh, int, chance, own, one, state }) => ({
    ...{
      movementId: chance(0.9) ? fresh() : own('movementId'),
      qty: int(0, 3),
      unitCostKrw: 30_000,
      crossDock: undefined,
    },
    poLineId: one([fresh(), ...keysOf(state.inbound)]),
  }),
  ReserveStock: ({ fresh, int, chance, any, at, own }) => {
    const requestId = chance(0.4) ? any('requestId') : undefined;
    return {
      ...{ reservationId: chance(0.9) ? fresh() : own('reservationId'), qty: int(0, 2), expiresAt: at(72 * 60) },
      ...{ forKind: requestId ? 'partRequest' : 'sale', forId: requestId ?? fresh() },
    };
  },
  ReleaseStock: (draw) => ({ reservationId: reservation(draw)?.[0] }),
  IssueStock: (draw) => ({
    ...{ movementId: draw.fresh(), qty: draw.int(0, 2), lotNo: undefined, reservationId: undefined },
    ...{ forKind: 'sale', forId: draw.fresh(), ...(draw.chance(0.7) && reserved(draw)) },
  }),
  ReturnStock: ({ state, one, fresh, int }) => ({
    movementId: fresh(),
    forId: one(keysOf(state.issued)),
    qty: int(0, 2),
  }),
  AdjustStock: ({ state, int, fresh }) => ({
    ...{ movementId: fresh(), countedQty: Math.max(0, Number(state.onHand ?? 0) + int(-1, 1)), reasonCode: 'count' },
  }),
  TransferOut: ({ fresh, int, record }) => ({
    ...{ transferId: fresh(), qty: int(0, 2) },
    toWarehouseId: record?.id.startsWith(place.workshops[0]) ? place.workshops[1] : place.workshops[0],
  }),
  TransferIn: ({ knowledge, one, record, chance }) => {
    const [warehouseId, partId = ''] = (record?.id ?? '').split('.');
    const sent = knowledge.ofName('StockItem').flatMap(({ id, folded }) =>
      entriesOf(fieldsOf(folded.state).sent).map(([transferId, { qty, toWarehouseId }]) => ({
        ...{ transferId, qty, toWarehouseId, fromWarehouseId: id.split('.')[0], isSame: id.endsWith(partId) },
      })),
    );
    const mine = one(sent.filter(({ toWarehouseId, isSame }) => isSame && toWarehouseId === warehouseId));
    const sender = chance(0.5) && { fromWarehouseId: mine?.fromWarehouseId };
    return { transferId: mine?.transferId, qty: mine?.qty, ...sender };
  },
  SetReorderPoint: ({ int }) => ({ minQty: int(0, 3), reorderQty: int(1, 4), leadDays: 3 }),
  ExpectInbound: ({ fresh, int, day }) => ({ poLineId: fresh(), qty: int(0, 3), promisedOn: day(3) }),
  DropInbound: ({ state, one }) => ({ poLineId: one(keysOf(state.inbound)) }),
  FinishCount: ({ state }) => ({ countId: state.countId }),
  CloseStockYear: () => ({ year: 2025 }),

  DraftPurchaseOrder: (draw) => {
    const episodeId = draw.chance(0.2) ? itsShortage(draw) : undefined;
    return {
      ...{
        buyerOrgId: draw.actor.orgId ?? place.garages[0],
        warehouseId: place.workshops[0],
        lines: [line(draw), line(draw)],
      },
      ...{
        origin: episodeId ? 'lowStock' : 'manual',
        originIds: episodeId ? [episodeId] : [],
        number: `PO-25-${draw.int(1, 999_999)}`,
      },
    };
  },
  ChangeLine: (draw) => ({ poLineId: poLineId(draw), qty: draw.int(0, 4) }),
  AddLine: (draw) => ({ line: line(draw), originId: undefined }),
  RemoveLine: (draw) => ({ poLineId: poLineId(draw) }),
  AcceptBySupplier: (draw) => ({
    lines: orderLines(draw).map(([id, { qty }]) => ({
      ...{
        poLineId: id,
        acceptedQty: draw.chance(0.8) ? qty : Math.max(0, Number(qty) - 1),
        promisedOn: draw.day(draw.int(1, 4)),
      },
    })),
  }),
  ChangePromise: (draw) => ({ poLineId: poLineId(draw), promisedOn: draw.day(5) }),
  ShipGoods: (draw) => ({
    ...{
      shipmentId: draw.fresh(),
      lines: left(draw, ({ acceptedQty, shippedQty }) => Number(acceptedQty) - Number(shippedQty)),
    },
  }),
  ReceiveGoods: (draw) => ({
    receiptId: draw.fresh(),
    lines: left(draw, ({ acceptedQty, arrivedQty }) => Number(acceptedQty) - Number(arrivedQty)).map(
      ({ poLineId: id, qty }) => {
        const rejectedQty = draw.chance(0.2) ? 1 : 0;
        return { poLineId: id, qty, acceptedQty: qty - rejectedQty, rejectedQty };
      },
    ),
  }),
  ReturnGoods: (draw) => ({
    ...{ returnId: draw.fresh(), lines: left(draw, ({ keptQty }) => Math.min(1, Number(keptQty))) },
  }),
};
