'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Promised } from '../../../ui/figures.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import type { Order } from './queries.ts';
import { OrderStatusLine } from './status-line.tsx';

/** Plate, model, customer, the status sentence and the one next action. */
export const OrderHeader = ({ order, actions }: { order: Order; actions: ReactNode }) => {
  const t = useTranslations('order');
  const b = useTranslations('board');
  const open = !['completed', 'closed', 'cancelled'].includes(order.status);
  return (
    <header className="mb-4 grid gap-3" data-slot="order-header" data-status={order.status}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Plate plate={order.plate} colour={plateColour(order.plate)} size="lg" />
        <div className="min-w-0">
          <h1 className="truncate font-bold text-xl tracking-tight">
            {order.make} {order.model}
          </h1>
          <p className="truncate text-ink-soft text-sm">
            {[order.number, order.customerName, t('year', { year: order.modelYear })].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="ml-auto hidden desk:block">{actions}</div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <OrderStatusLine order={order} />
        {open && order.promisedAt ? (
          <Promised at={order.promisedAt} label={b('promised')} lateLabel={b('late')} />
        ) : null}
      </div>
      {order.complaint ? <p className="rounded-md bg-sunken px-3 py-2 text-sm">“{order.complaint}”</p> : null}
    </header>
  );
};
