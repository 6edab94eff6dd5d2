'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '../../../kit/client.ts';
import { allPages } from '../../../kit/pages.ts';
import { latest } from '../../../kit/positions.ts';
import { useLive } from '../../../kit/use-live.ts';
import { applyChange, type Board, boardOf, refresh, settle } from './board-state.ts';
import { BoardChanged, BoardQuery, type Card } from './queries.ts';

const standing = (card: Card | null): Card | null => (card && card.column !== 'closed' ? card : null);

/** The cars of a workshop, live. `hold` keeps everything in its place; what would move waits for `settle`. */
export const useBoard = (workshopId: string | undefined, onChange: (before: Card | undefined, card: Card) => void) => {
  const locale = useLocale();
  const [board, setBoard] = useState<Board<Card>>(() => boardOf<Card>([]));
  const held = useRef(false);
  const query = useQuery({
    queryKey: ['board', workshopId, locale],
    queryFn: () =>
      allPages(async (after) => (await ask(BoardQuery, { workshopId: workshopId ?? '', after }, locale)).workshopBoard),
    enabled: workshopId !== undefined,
  });
  const cards = query.data;
  useEffect(() => {
    if (cards)
      setBoard((before) =>
        refresh(
          before,
          cards.filter((card) => standing(card)),
          held.current,
          before.shown.size === 0 ? 0 : Date.now(),
        ),
      );
  }, [cards]);

  const shown = useRef(board);
  shown.current = board;
  useLive({
    document: BoardChanged,
    variables: { workshopId: workshopId ?? '' },
    after: cards ? latest(cards.map((card) => card.position)) : undefined,
    pick: (result) => result.workshopBoardChanged,
    onChange: ({ id, node }) => {
      const before = shown.current.shown.get(id);
      if (node && before?.position !== node.position) onChange(before, node);
      setBoard((all) => applyChange(all, id, standing(node), held.current, Date.now()));
    },
    enabled: workshopId !== undefined,
  });

  const release = useCallback(() => setBoard((all) => settle(all, Date.now())), []);
  const hold = useCallback(
    (on: boolean) => {
      held.current = on;
      if (!on) release();
    },
    [release],
  );
  return { board, query, hold, settle: release };
};
