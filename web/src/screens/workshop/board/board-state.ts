/** What the board must know of a card to place it. */
export type Placed = {
  readonly id: string;
  readonly column: string;
  readonly promisedAt: string | null;
  readonly position: string;
};

export type Board<Card extends Placed> = {
  /** Where cards stand on the screen. */
  readonly shown: ReadonlyMap<string, Card>;
  /** Moves that wait until nothing is under the pointer; null: the card leaves. */
  readonly waiting: ReadonlyMap<string, Card | null>;
  /** Cards that changed, and when (ms), for their tint. */
  readonly changed: ReadonlyMap<string, number>;
};

export const boardOf = <Card extends Placed>(cards: readonly Card[]): Board<Card> => ({
  shown: new Map(cards.map((card) => [card.id, card])),
  waiting: new Map(),
  changed: new Map(),
});

/**
 * A change from elsewhere. While the board is held (a pointer or the focus is on it) a card only changes in place; what would
 * move, appear or leave waits for `settle`.
 */
export const applyChange = <Card extends Placed>(
  board: Board<Card>,
  id: string,
  card: Card | null,
  held: boolean,
  now: number,
): Board<Card> => {
  const before = board.shown.get(id);
  if (!before && !card) return board;
  const changed = new Map(board.changed).set(id, now);
  const moves = !before || !card || before.column !== card.column;
  if (!moves || !held) return { shown: withCard(board.shown, id, card), waiting: without(board.waiting, id), changed };
  // Its words change at once; its place later.
  const inPlace = before && card ? withCard(board.shown, id, { ...card, column: before.column }) : board.shown;
  return { shown: inPlace, waiting: new Map(board.waiting).set(id, card), changed };
};

/** Lets the waiting moves happen. */
export const settle = <Card extends Placed>(board: Board<Card>, now: number): Board<Card> => {
  if (board.waiting.size === 0) return board;
  let shown = board.shown;
  const changed = new Map(board.changed);
  for (const [id, card] of board.waiting) {
    shown = withCard(shown, id, card);
    changed.set(id, now);
  }
  return { shown, waiting: new Map(), changed };
};

/** A fresh list from the server: takes the place of all but what waits. */
export const refresh = <Card extends Placed>(
  board: Board<Card>,
  cards: readonly Card[],
  held: boolean,
  now: number,
): Board<Card> => {
  const fresh = new Map(cards.map((card) => [card.id, card]));
  const ids = new Set([...board.shown.keys(), ...fresh.keys()]);
  let next = board;
  for (const id of ids) {
    const card = fresh.get(id) ?? null;
    const known = board.waiting.has(id) ? board.waiting.get(id) : board.shown.get(id);
    if ((known?.position ?? '') !== (card?.position ?? ''))
      next = applyChange(next, id, card, held && board.shown.size > 0, now);
  }
  return next;
};

/** Cards of a column, the nearest promise first. */
export const cardsIn = <Card extends Placed>(board: Board<Card>, column: string): readonly Card[] =>
  [...board.shown.values()]
    .filter((card) => card.column === column)
    .sort((a, b) => (a.promisedAt ?? '9').localeCompare(b.promisedAt ?? '9') || a.id.localeCompare(b.id));

const withCard = <Card>(cards: ReadonlyMap<string, Card>, id: string, card: Card | null): ReadonlyMap<string, Card> => {
  const next = new Map(cards);
  if (card) next.set(id, card);
  else next.delete(id);
  return next;
};
const without = <T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> => {
  if (!map.has(id)) return map;
  const next = new Map(map);
  next.delete(id);
  return next;
};
