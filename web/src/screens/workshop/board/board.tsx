'use client';
import { ArrowDownUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef } from 'react';
import { moveFocus, useKeys } from '../../../kit/keyboard.ts';
import { useNow } from '../../../kit/now.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { cn } from '../../../ui/cn.ts';
import { cardsIn, type Board as State } from './board-state.ts';
import { BoardCard } from './card.tsx';
import { type Card, columns } from './queries.ts';

/** The tint of a changed card lasts 1.5 s. */
const tintMs = 1_500;

/** Columns of the day with their counts. On a phone one column at a time, chosen by its count. */
export const BoardView = ({
  board,
  chosen,
  onOpen,
  onHold,
  onSettle,
  empty,
}: {
  board: State<Card>;
  chosen: string | undefined;
  onOpen: (id: string) => void;
  onHold: (held: boolean) => void;
  onSettle: () => void;
  empty: ReactNode;
}) => {
  const t = useTranslations('board');
  const area = useRef<HTMLDivElement>(null);
  const now = useNow(1_000);
  const [column = columns.find((each) => cardsIn(board, each).length > 0) ?? columns[0], setColumn] =
    useUrlState('column');
  useKeys({ j: () => moveFocus(area.current, 1), k: () => moveFocus(area.current, -1) });

  return (
    <div className="relative">
      <div className="flex min-h-9 items-center gap-2">
        {board.waiting.size > 0 ? (
          <Button size="sm" onClick={onSettle} data-slot="board-updates" className="border-accent text-accent">
            <ArrowDownUp aria-hidden />
            {t('updates', { count: board.waiting.size })}
          </Button>
        ) : (
          <p className="text-ink-soft text-sm">{t('summary', { count: board.shown.size })}</p>
        )}
      </div>
      <div
        role="tablist"
        aria-label={t('columns')}
        className="scroll-thin -mx-4 mb-3 flex gap-1.5 overflow-x-auto px-4 desk:hidden"
      >
        {columns.map((each) => {
          const count = cardsIn(board, each).length;
          return (
            <button
              key={each}
              type="button"
              role="tab"
              aria-selected={each === column}
              onClick={() => setColumn(each)}
              className={cn(
                'h-10 shrink-0 rounded-full border border-line bg-surface px-3.5 text-ink-soft text-sm',
                each === column && 'border-accent bg-accent-soft font-semibold text-accent',
              )}
            >
              {t(`column.${each}`)} {count}
            </button>
          );
        })}
      </div>
      <div
        ref={area}
        data-slot="board"
        onPointerEnter={(event) => event.pointerType === 'mouse' && onHold(true)}
        onPointerLeave={() => onHold(false)}
        className="scroll-thin desk:-mx-6 desk:overflow-x-auto desk:px-6"
      >
        <div className="grid gap-2.5 desk:auto-cols-[minmax(158px,1fr)] desk:grid-flow-col">
          {columns.map((each) => {
            const cards = cardsIn(board, each);
            return (
              <section
                key={each}
                data-column={each}
                aria-labelledby={`column-${each}`}
                className={cn('min-w-0 desk:block', each !== column && 'hidden')}
              >
                <h2
                  id={`column-${each}`}
                  className="hidden h-8 items-center gap-1.5 border-line border-b font-semibold text-sm desk:flex"
                >
                  {t(`column.${each}`)}
                  <span className="font-normal text-ink-soft" data-slot="count">
                    {cards.length}
                  </span>
                </h2>
                <div className="grid gap-2 desk:pt-2">
                  {cards.map((card) => (
                    <BoardCard
                      key={card.id}
                      card={card}
                      chosen={card.id === chosen}
                      changed={now - (board.changed.get(card.id) ?? 0) < tintMs}
                      moving={board.waiting.has(card.id)}
                      onOpen={() => onOpen(card.id)}
                    />
                  ))}
                  {cards.length === 0 ? (
                    <p className="py-4 text-center text-ink-soft text-xs desk:py-2 desk:text-left">
                      {t('emptyColumn')}
                    </p>
                  ) : null}
                </div>
              </section>
            );
          })}
        </div>
      </div>
      {board.shown.size === 0 ? empty : null}
    </div>
  );
};
