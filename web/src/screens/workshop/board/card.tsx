'use client';
import { useTranslations } from 'next-intl';
import { cn } from '../../../ui/cn.ts';
import { Money, Promised, Since } from '../../../ui/figures.tsx';
import { Avatar } from '../../../ui/person.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { toneIcon, toneMark, toneText } from '../../../ui/tone.tsx';
import { statusTone } from '../order/model.ts';
import type { Card } from './queries.ts';

/** A car on the board: plate, model, whom it waits for and since when, the promise, who works on it, the money agreed. */
export const BoardCard = ({
  card,
  chosen,
  changed,
  moving,
  onOpen,
}: {
  card: Card;
  chosen: boolean;
  changed: boolean;
  moving: boolean;
  onOpen: () => void;
}) => {
  const t = useTranslations('board');
  const status = useTranslations('orderStatus');
  const reason = useTranslations('enums');
  const tone = statusTone[card.status];
  const Icon = toneIcon[tone];
  const waiting = card.waitReason
    ? reason.has(card.waitReason)
      ? reason(card.waitReason)
      : card.waitReason
    : status(card.status);
  return (
    <button
      type="button"
      data-item={card.id}
      data-slot="board-card"
      data-plate={card.plate}
      data-status={card.status}
      aria-pressed={chosen}
      onClick={onOpen}
      className={cn(
        'relative grid w-full gap-1 overflow-hidden rounded-md border border-line bg-surface p-2.5 pl-3 text-left text-sm transition-colors hover:border-line-strong',
        chosen && 'border-accent bg-accent-soft hover:border-accent',
        changed && 'animate-changed',
        moving && 'border-accent border-dashed',
      )}
    >
      <span aria-hidden className={cn('absolute inset-y-0 left-0 w-[3px]', toneMark[tone])} />
      <span className="flex items-center justify-between gap-1.5">
        <Plate plate={card.plate} colour={plateColour(card.plate)} size="sm" />
        {card.technicianName ? <Avatar name={card.technicianName} className="size-6 text-[10px]" /> : null}
      </span>
      <span className="truncate font-medium">{card.model}</span>
      <span className={cn('flex min-w-0 items-center gap-1 text-xs', toneText[tone])}>
        <Icon className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate font-semibold">{waiting}</span>
        {card.waitingSince ? <Since at={card.waitingSince} className="ml-auto shrink-0" /> : null}
      </span>
      {(card.promisedAt && card.column !== 'ready') || card.approvedKrw > 0 ? (
        <span className="flex min-w-0 flex-wrap items-center justify-between gap-x-2 text-ink-soft text-xs">
          {card.promisedAt && card.column !== 'ready' ? (
            <Promised at={card.promisedAt} label={t('promised')} lateLabel={t('late')} />
          ) : (
            <span />
          )}
          {card.approvedKrw > 0 ? <Money krw={card.approvedKrw} className="ml-auto" /> : null}
        </span>
      ) : null}
      <span className="sr-only">
        {card.technicianName ? t('technician', { name: card.technicianName }) : t('noTechnician')}
        {moving ? ` ${t('moving')}` : ''}
      </span>
    </button>
  );
};
