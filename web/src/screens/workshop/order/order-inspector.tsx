'use client';
import { useTranslations } from 'next-intl';
import { Actions } from '../../../kit/actions.tsx';
import { Timeline, useHistory } from '../../../kit/timeline.tsx';
import { Money, Promised } from '../../../ui/figures.tsx';
import { Journey } from '../../../ui/journey.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, ListSkeleton } from '../../../ui/states.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { useInvoicesOf } from '../invoices/use-invoice.ts';
import { journeyOf } from './journey.ts';
import { lineTone, nextFor } from './model.ts';
import { MoneyCard } from './money-card.tsx';
import { useOrderAsks } from './order-asks.tsx';
import { OrderStatusLine } from './status-line.tsx';
import { useOrder } from './use-order.ts';

/** An order without leaving the board: what it waits for, the next action, its lines, money and last events. */
export const OrderInspector = ({ id }: { id: string }) => {
  const t = useTranslations('order');
  const b = useTranslations('board');
  const e = useTranslations('enums');
  const s = useTranslations('states');
  const state = useTranslations('lineStatus');
  const { order, query } = useOrder(id);
  const asks = useOrderAsks(order);
  const history = useHistory('repairOrder', id, order?.revision);
  const invoices = useInvoicesOf(order ? id : undefined);
  if (query.isPending) return <ListSkeleton rows={6} />;
  if (!order) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  const invoice = invoices.find((each) => each.status !== 'credited') ?? invoices[0];
  return (
    <div className="grid grid-cols-1 gap-4" data-order={order.id}>
      <div className="flex items-center gap-3">
        <Plate plate={order.plate} colour={plateColour(order.plate)} />
        <div className="min-w-0">
          <p className="truncate font-semibold">
            {order.make} {order.model}
          </p>
          <p className="truncate text-ink-soft text-sm">{order.customerName}</p>
        </div>
      </div>
      <div className="grid gap-1 text-sm">
        <OrderStatusLine order={order} block />
        {order.promisedAt && !['completed', 'closed', 'cancelled'].includes(order.status) ? (
          <Promised at={order.promisedAt} label={b('promised')} lateLabel={b('late')} className="px-3" />
        ) : null}
      </div>
      <Actions allowed={order.allowedCommands} order={nextFor(order)} asks={asks} aggregate="RepairOrder" />
      {order.complaint ? <p className="rounded-md bg-sunken px-3 py-2 text-sm">“{order.complaint}”</p> : null}
      <Journey steps={journeyOf(order, invoice?.status === 'paid')} />
      {order.lines.length > 0 ? (
        <ul className="divide-y divide-line rounded-md border border-line" aria-label={t('lines')}>
          {order.lines.map((line) => (
            <li key={line.lineId} className="flex items-center gap-2 px-3 py-2 text-sm">
              <span className="min-w-0 flex-1 truncate">{line.name ?? line.serviceCode ?? e(line.kind)}</span>
              <ToneBadge tone={lineTone[line.state] ?? 'idle'}>{state(line.state)}</ToneBadge>
              <Money krw={line.amountKrw} className="w-20 text-right" />
            </li>
          ))}
        </ul>
      ) : null}
      <MoneyCard order={order} invoice={invoice} isPast={false} />
      <Timeline entries={history.data} limit={6} />
    </div>
  );
};
