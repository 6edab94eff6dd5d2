import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { giveBack, id, issue, open, receive, reserve, step, when } from './stock-item.fixture.ts';

/** The store as a clerk's notebook: how many, who reserved, what went out. */
const operation = fc.record({
  kind: fc.constantFrom(
    'receive',
    'receive',
    'reserve',
    'release',
    'issue',
    'issueReserved',
    'return',
    'scrap',
    'adjust',
    'transfer',
  ),
  key: fc.integer({ min: 1, max: 4 }),
  qty: fc.integer({ min: 0, max: 6 }),
});

it('never holds less than nothing, never promises twice, and every piece is accounted for', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      let log: readonly AnyEvent[] = step([], 'OpenStock', open);
      let [onHand, issued, movement, isLow] = [0, 0, 1_000, false];
      const reservations = new Map<number, number>();
      const everReserved = new Set<number>();
      const sum = () => [...reservations.values()].reduce((a, b) => a + b, 0);

      for (const { kind, key, qty } of operations) {
        const n = ++movement;
        const held = reservations.get(key);
        const none = qty <= 0 ? 'QTY_NOT_POSITIVE' : undefined;
        const free = onHand - sum();
        const run = (code: string | undefined, type: string, input: Record<string, unknown>, note: () => void) => {
          if (code) return when(log, type, input).refuses(code);
          note();
          const { decision } = when(log, type, input);
          const types = decision.ok ? decision.events.map((event) => event.type) : [decision.code];
          const nowLow = onHand - sum() < open.minQty;
          const episode = nowLow === isLow ? undefined : nowLow ? 'LowStockReached' : 'StockReplenished';
          expect(types[1]).toBe(episode);
          isLow = nowLow;
          log = step(log, type, input);
        };
        if (kind === 'receive') run(none, 'ReceiveStock', receive(n, qty * 3), () => (onHand += qty * 3));
        else if (kind === 'reserve') {
          const code = everReserved.has(key)
            ? 'DUPLICATE_RESERVATION'
            : (none ?? (qty > free ? 'INSUFFICIENT_AVAILABLE' : undefined));
          run(code, 'ReserveStock', reserve(key, qty), () => {
            reservations.set(key, qty);
            everReserved.add(key);
          });
        } else if (kind === 'release') {
          run(
            held ? undefined : 'RESERVATION_UNKNOWN',
            'ReleaseStock',
            { reservationId: id(key), reason: '취소' },
            () => reservations.delete(key),
          );
        } else if (kind === 'issue') {
          const code = none ?? (qty > onHand ? 'NEGATIVE_STOCK' : qty > free ? 'INSUFFICIENT_AVAILABLE' : undefined);
          run(code, 'IssueStock', issue(n, qty), () => {
            onHand -= qty;
            issued += qty;
          });
        } else if (kind === 'issueReserved') {
          const code = none ?? (!held ? 'RESERVATION_UNKNOWN' : qty > held ? 'OVER_RESERVED_QTY' : undefined);
          run(code, 'IssueStock', issue(n, qty, { reservationId: id(key) }), () => {
            onHand -= qty;
            issued += qty;
            if (held === qty) reservations.delete(key);
            else reservations.set(key, (held ?? 0) - qty);
          });
        } else if (kind === 'return' || kind === 'scrap') {
          const code = none ?? (issued === 0 ? 'NEVER_ISSUED' : qty > issued ? 'OVER_RETURN' : undefined);
          run(code, 'ReturnStock', giveBack(n, qty, kind === 'scrap' ? 'scrap' : 'resale'), () => {
            issued -= qty;
            if (kind === 'return') onHand += qty;
          });
        } else if (kind === 'adjust') {
          const countedQty = qty * 4;
          const code = countedQty < sum() ? 'BELOW_RESERVED' : undefined;
          const input = { movementId: id(n), countedQty, reasonCode: 'count', approverId: id(12) };
          run(code, 'AdjustStock', input, () => (onHand = countedQty));
        } else {
          const code = none ?? (qty > free ? 'INSUFFICIENT_AVAILABLE' : undefined);
          run(code, 'TransferOut', { transferId: id(n), qty, toWarehouseId: id(98) }, () => (onHand -= qty));
        }
        const state = when(log, 'DropInbound', { poLineId: id(97), reason: '-' }).state();
        expect(state).toMatchObject({ onHand, reserved: sum(), isLow });
        expect(onHand).toBeGreaterThanOrEqual(sum());
      }
    }),
    { numRuns: 150 },
  );
});
