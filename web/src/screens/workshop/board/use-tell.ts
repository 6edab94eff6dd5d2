'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { readHistory } from '../../../kit/history.ts';
import { useNames } from '../../../kit/names.ts';
import { useNews } from '../../../kit/news.ts';
import { useViewer } from '../../../kit/runtime.tsx';
import type { Card } from './queries.ts';

/** Says who did what when a card changes from elsewhere: in the notifications and to screen readers. */
export const useTell = (): ((before: Card | undefined, card: Card) => void) => {
  const t = useTranslations('board');
  const event = useTranslations('events');
  const role = useTranslations('roles');
  const locale = useLocale();
  const viewer = useViewer();
  const nameOf = useNames();
  const add = useNews((state) => state.add);
  return useCallback(
    async (before, card) => {
      const from = before ? before.revision : String(BigInt(card.revision) - 1n);
      const entries = await readHistory('repairOrder', card.id, locale, BigInt(from) < 0n ? null : from).catch(
        () => [],
      );
      const last = entries.at(-1);
      if (!last || last.actor.id === viewer.userId) return;
      const who =
        nameOf(last.actor.id) ??
        (last.actor.role === 'OWNER'
          ? (card.customerName ?? role('OWNER'))
          : role(last.actor.kind === 'user' ? (last.actor.role ?? 'ANYONE') : last.actor.kind));
      const what = event.has(last.type) ? event(last.type) : last.type;
      add({
        id: last.eventId,
        text: t('changedBy', { who, plate: card.plate, what }),
        at: last.occurredAt,
        href: `/workshop/orders/${card.id}`,
      });
    },
    [add, event, locale, nameOf, role, t, viewer.userId],
  );
};
