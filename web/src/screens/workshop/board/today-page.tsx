'use client';
import { CalendarDays } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { Link, useRouter } from '../../../i18n/navigation.ts';
import { useKeys } from '../../../kit/keyboard.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Inspector } from '../../../ui/inspector.tsx';
import { Empty, Failed } from '../../../ui/states.tsx';
import { OrderInspector } from '../order/order-inspector.tsx';
import { useWorkshop } from '../workshop.ts';
import { BoardView } from './board.tsx';
import { BoardSkeleton } from './board-skeleton.tsx';
import type { Card } from './queries.ts';
import { useBoard } from './use-board.ts';
import { useTell } from './use-tell.ts';

/** The day of a workshop on one board, live. A card opens beside it; once more opens its page. */
export const TodayPage = () => {
  const t = useTranslations('board');
  const n = useTranslations('nav');
  const locale = useLocale();
  const router = useRouter();
  const { workshop, query: workshops } = useWorkshop();
  const tell = useTell();
  const { board, query, hold, settle } = useBoard(workshop?.id, tell);
  const [chosen, setChosen] = useUrlState('order');
  const close = useCallback(() => setChosen(undefined), [setChosen]);
  const open = (id: string): void => (id === chosen ? router.push(`/workshop/orders/${id}`) : setChosen(id));
  useKeys({ e: () => document.querySelector<HTMLButtonElement>('[data-slot="inspector"] [data-primary]')?.click() });

  const error = workshops.error ?? query.error;
  if (error)
    return <Failed error={error as never} onRetry={() => void Promise.all([workshops.refetch(), query.refetch()])} />;
  if (workshops.isPending || (workshop && query.isPending)) return <BoardSkeleton />;
  const card: Card | undefined = chosen ? board.shown.get(chosen) : undefined;
  return (
    <div lang={locale}>
      <h1 className="sr-only">{n('today')}</h1>
      <BoardView
        board={board}
        chosen={chosen}
        onOpen={open}
        onHold={hold}
        onSettle={settle}
        empty={
          <Empty title={t('emptyTitle')} text={t('emptyText')} icon={CalendarDays}>
            <Button asChild tone="primary">
              <Link href="/workshop/reservations">{t('toReservations')}</Link>
            </Button>
          </Empty>
        }
      />
      {chosen ? (
        <Inspector
          label={card ? `${card.number} · ${card.plate}` : ''}
          href={`/workshop/orders/${chosen}`}
          onClose={close}
        >
          <OrderInspector id={chosen} />
        </Inspector>
      ) : null}
    </div>
  );
};
