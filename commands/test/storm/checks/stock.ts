import { at, type Check, findings, num, str, sum } from './check.ts';

type Shelf = { onHand: number; readonly kept: Map<string, number>; readonly out: Map<string, number> };

/** Never less than nothing on the shelf, never more promised than there is, and each event says what it left. */
export const stock: Check = (events) => {
  const { expect, all } = findings();
  const shelves = new Map<string, Shelf>();
  const sent = new Map<string, number>();
  for (const { type, category, id, data } of events) {
    if (category !== 'stock') continue;
    const shelf = at(shelves, id, () => ({ onHand: 0, kept: new Map(), out: new Map() }));
    const qty = num(data.qty);
    const reservationId = str(data.reservationId);
    if (type === 'StockReceived') shelf.onHand += qty;
    if (type === 'StockAdjusted') shelf.onHand += num(data.deltaQty);
    if (type === 'StockReserved') {
      expect(!shelf.kept.has(reservationId), `${id}: reserved twice under ${reservationId}`);
      shelf.kept.set(reservationId, qty);
    }
    if (type === 'StockReleased') {
      expect(shelf.kept.get(reservationId) === qty, `${id}: released ${qty} of ${shelf.kept.get(reservationId)}`);
      shelf.kept.delete(reservationId);
    }
    if (type === 'StockIssued') {
      shelf.onHand -= qty;
      shelf.out.set(str(data.forId), num(shelf.out.get(str(data.forId))) + qty);
      if (reservationId !== '') {
        const left = num(shelf.kept.get(reservationId)) - qty;
        expect(left >= 0, `${id}: issued more than was reserved under ${reservationId}`);
        if (left > 0) shelf.kept.set(reservationId, left);
        else shelf.kept.delete(reservationId);
      }
    }
    if (type === 'StockReturned') {
      const left = num(shelf.out.get(str(data.forId))) - qty;
      expect(left >= 0, `${id}: more came back than went out for ${str(data.forId)}`);
      shelf.out.set(str(data.forId), left);
      if (data.condition === 'resale') shelf.onHand += qty;
    }
    if (type === 'StockTransferredOut') {
      shelf.onHand -= qty;
      sent.set(str(data.transferId), qty);
    }
    if (type === 'StockTransferredIn') {
      shelf.onHand += qty;
      const left = num(sent.get(str(data.transferId))) - qty;
      expect(left >= 0, `${id}: more arrived than was sent in transfer ${str(data.transferId)}`);
      sent.set(str(data.transferId), 0);
    }
    const reserved = sum(shelf.kept.values());
    expect(shelf.onHand >= 0, `${id}: ${shelf.onHand} on hand after ${type}`);
    expect(reserved <= shelf.onHand, `${id}: ${reserved} reserved of ${shelf.onHand} after ${type}`);
    if (data.onHandAfter !== undefined)
      expect(
        num(data.onHandAfter) === shelf.onHand,
        `${id}: ${type} says ${num(data.onHandAfter)}, not ${shelf.onHand}`,
      );
    if (data.reservedAfter !== undefined)
      expect(
        num(data.reservedAfter) === reserved,
        `${id}: ${type} says ${num(data.reservedAfter)} reserved, not ${reserved}`,
      );
  }
  return all();
};
