import { at, type Check, type Data } from './check.ts';

type Level = { onHand: number; readonly reservations: Map<string, number> };
const change: Readonly<Record<string, (data: Data) => number>> = {
  StockReceived: ({ qty }) => qty,
  StockIssued: ({ qty }) => -qty,
  StockReturned: ({ qty, condition }) => (condition === 'resale' ? qty : 0),
  StockAdjusted: ({ deltaQty }) => deltaQty,
  StockTransferredOut: ({ qty }) => -qty,
  StockTransferredIn: ({ qty }) => qty,
};

const stock = (name: string, judge: (level: Level, type: string, data: Data) => string | undefined): Check => {
  const levels = new Map<string, Level>();
  const found: string[] = [];
  return {
    name,
    see: ({ stream, type, data }) => {
      if (!stream.startsWith('stock-')) return;
      const level = at(levels, stream, () => ({ onHand: 0, reservations: new Map() }));
      level.onHand += change[type]?.(data) ?? 0;
      const { reservations } = level;
      const { reservationId, qty } = data;
      if (type === 'StockReserved') reservations.set(reservationId, qty);
      if (type === 'StockReleased') reservations.delete(reservationId);
      if (type === 'StockIssued' && reservationId) {
        const left = (reservations.get(reservationId) ?? 0) - qty;
        if (left === 0) reservations.delete(reservationId);
        else reservations.set(reservationId, left);
      }
      const problem = judge(level, type, data);
      if (problem) found.push(`${stream}: ${problem}`);
    },
    problems: () => found,
  };
};

export const stockChecks = (): Check[] => [
  stock('stock on hand is the sum of its movements, and never negative', ({ onHand }, type, { onHandAfter }) => {
    if (onHand < 0) return `${onHand} on hand after ${type}`;
    return onHandAfter !== undefined && onHandAfter !== onHand
      ? `${type} says ${onHandAfter}, its movements ${onHand}`
      : undefined;
  }),
  stock(
    'reserved stock is that of the open reservations',
    ({ reservations }, type, { reservedAfter, reservationId }) => {
      if (type === 'StockIssued' && reservationId && (reservations.get(reservationId) ?? 0) < 0)
        return `more was issued than reserved as ${reservationId}`;
      if (reservedAfter === undefined) return undefined;
      const open = [...reservations.values()].reduce((sum, qty) => sum + qty, 0);
      return open === reservedAfter ? undefined : `${type} says ${reservedAfter} reserved, its reservations ${open}`;
    },
  ),
];
