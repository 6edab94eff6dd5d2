import { describe, expect, it } from 'vitest';
import {
  asked,
  booked,
  broken,
  held,
  history,
  invoice,
  issued,
  type Line,
  ordered,
  paid,
  received,
  reserved,
} from '../test/storm/broken.ts';
import { wrongsOf } from '../test/storm/checks/index.ts';

const wrong = (...lines: readonly Line[]) => wrongsOf(history(...lines), true, true).join('\n');

describe('the rules a storm is held to', () => {
  it('find nothing wrong with what is right', () => {
    const right = history(
      ...[received, reserved('a', 2, 2), ordered('o', 2), asked],
      ['stock-w.p', 'StockIssued', { reservationId: 'a', qty: 2, forId: 'q', onHandAfter: 0 }],
      ...[held('h', 'one', '3'), ['bayDay-b.20250630', 'SlotConfirmed', { holdId: 'h' }] as Line, booked('one', 'h')],
      ...[invoice('i'), issued, paid('x', 1_605, 0)],
    );
    expect(wrongsOf(right, false)).toEqual([]);
  });

  it.each(broken)('find that %s', (words, lines) => {
    expect(wrong(...lines)).toContain(words);
  });

  it('find a command that counted twice', () => {
    const [first, second] = history(received, ['stock-w.p', 'StockReceived', { qty: 1, onHandAfter: 3 }]);
    const meta = { ...second!.meta, commandId: first!.meta.commandId };
    expect(wrongsOf([first!, { ...second!, stream: 'stock-w.q', meta }], true).join()).toContain('counted again');
  });
});
