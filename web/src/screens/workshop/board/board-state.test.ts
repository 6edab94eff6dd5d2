import { describe, expect, it } from 'vitest';
import { applyChange, boardOf, cardsIn, refresh, settle } from './board-state.ts';

const card = (id: string, column: string, position = '1', promisedAt: string | null = null) => ({
  id,
  column,
  position,
  promisedAt,
});
const columns = (board: ReturnType<typeof boardOf<ReturnType<typeof card>>>) =>
  Object.fromEntries([...board.shown.values()].map((each) => [each.id, each.column]));

describe('The board', () => {
  it('moves a card at once when nobody points at the board', () => {
    const board = applyChange(boardOf([card('a', 'arrive')]), 'a', card('a', 'diagnose', '2'), false, 0);
    expect(columns(board)).toEqual({ a: 'diagnose' });
    expect(board.waiting.size).toBe(0);
  });

  it('keeps a card under the pointer where it is, but shows its new words, until it is asked to settle', () => {
    const held = applyChange(boardOf([card('a', 'arrive')]), 'a', card('a', 'diagnose', '2'), true, 0);
    expect(columns(held)).toEqual({ a: 'arrive' });
    expect(held.shown.get('a')?.position).toBe('2');
    expect(held.waiting.size).toBe(1);
    expect(columns(settle(held, 1))).toEqual({ a: 'diagnose' });
  });

  it('lets new cards wait as well, and cards that leave', () => {
    const board = boardOf([card('a', 'arrive')]);
    const held = applyChange(applyChange(board, 'b', card('b', 'arrive', '2'), true, 0), 'a', null, true, 0);
    expect(columns(held)).toEqual({ a: 'arrive' });
    expect(columns(settle(held, 1))).toEqual({ b: 'arrive' });
  });

  it('takes a fresh list without moving what is held', () => {
    const fresh = [card('a', 'inWork', '5'), card('b', 'arrive', '6')];
    const held = refresh(boardOf([card('a', 'arrive')]), fresh, true, 0);
    expect(held.waiting.size).toBe(2);
    expect(columns(settle(held, 1))).toEqual({ a: 'inWork', b: 'arrive' });
    expect(refresh(settle(held, 1), fresh, true, 2).waiting.size).toBe(0);
  });

  it('puts the nearest promise first', () => {
    const board = boardOf([
      card('a', 'x', '1', null),
      card('b', 'x', '1', '2025-06-30T06:00:00Z'),
      card('c', 'x', '1', '2025-06-30T05:00:00Z'),
    ]);
    expect(cardsIn(board, 'x').map((each) => each.id)).toEqual(['c', 'b', 'a']);
  });
});
