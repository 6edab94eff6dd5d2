'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Actions } from '../../../kit/actions.tsx';
import { dayOf } from '../../../kit/format.ts';
import { newId } from '../../../kit/ids.ts';
import { ToneBadge } from '../../../ui/tone.tsx';
import type { Order } from './queries.ts';

type Part = Order['parts'][number];
const tones = { requested: 'waiting', reserved: 'done', arrived: 'done', short: 'problem' } as const;

/** The state of a requested part: available, expected, late; and the next step with it. */
export const PartState = ({ order, part }: { order: Order; part: Part }) => {
  const t = useTranslations('partStatus');
  const o = useTranslations('order');
  const [movementId] = useState(newId);
  const used = part.usedQty >= part.qty;
  const late = part.state === 'short' && part.expectedOn !== null && part.expectedOn < dayOf(Date.now());
  const here = part.state === 'reserved' || part.state === 'arrived';
  const given = { repairOrderId: order.id, requestId: part.requestId };
  const fits: Record<string, boolean> = {
    NotePartReserved: part.state === 'requested',
    NotePartShortage: part.state === 'requested',
    NotePartArrived: part.state === 'short',
    UsePart: here && !used,
    ReturnPart: here,
    SubstitutePart: part.state === 'short',
  };
  return (
    <div
      className="flex flex-wrap items-center gap-2 rounded-sm bg-sunken px-2.5 py-1.5 text-sm"
      data-part={part.state}
    >
      <ToneBadge tone={used ? 'done' : late ? 'problem' : tones[part.state]}>
        {used ? t('used') : late ? t('late') : t(part.state)}
      </ToneBadge>
      <span className="min-w-0 flex-1 text-ink-soft">
        {part.partId}
        {part.expectedOn ? ` · ${o('expected', { day: part.expectedOn })}` : ''}
        {part.missingQty ? ` · ${o('missing', { qty: part.missingQty })}` : ''}
      </span>
      <Actions
        size="sm"
        allowed={order.allowedCommands.filter(({ name }) => fits[name])}
        order={['UsePart', 'NotePartArrived', 'NotePartReserved']}
        asks={{
          NotePartReserved: { given: { ...given, stockId: `stock.${part.partId}`, qty: part.qty }, direct: true },
          NotePartShortage: { given, start: { missingQty: part.qty } },
          NotePartArrived: { given, direct: true },
          UsePart: {
            given: { ...given, lineId: part.lineId, qty: part.qty - part.usedQty, movementId },
            leave: ['lotNo', 'serialNo'],
            direct: true,
          },
          ReturnPart: { given, start: { qty: part.usedQty || part.qty } },
          SubstitutePart: { given },
        }}
      />
    </div>
  );
};
