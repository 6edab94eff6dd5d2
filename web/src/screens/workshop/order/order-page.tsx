'use client';
import { FilePenLine } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Link } from '../../../i18n/navigation.ts';
import { Actions } from '../../../kit/actions.tsx';
import { AsOfBanner, HistoryPanel } from '../../../kit/as-of.tsx';
import { documentUrl } from '../../../kit/files.ts';
import { useKeys } from '../../../kit/keyboard.ts';
import { Timeline, useHistory } from '../../../kit/timeline.tsx';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Km, Moment } from '../../../ui/figures.tsx';
import { Journey } from '../../../ui/journey.tsx';
import { Card, CardHeader, Facts } from '../../../ui/layout.tsx';
import { PhotoStrip } from '../../../ui/photos.tsx';
import { Empty, Failed } from '../../../ui/states.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { useInvoicesOf } from '../invoices/use-invoice.ts';
import { EstimatesCard } from './estimates-card.tsx';
import { journeyOf } from './journey.ts';
import { nextFor } from './model.ts';
import { MoneyCard } from './money-card.tsx';
import { FindingsCard } from './notes-card.tsx';
import { useOrderAsks } from './order-asks.tsx';
import { OrderHeader } from './order-header.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderSkeleton } from './order-skeleton.tsx';
import type { Order } from './queries.ts';
import { useOrder } from './use-order.ts';
import { WorkCard } from './work-card.tsx';

/** A repair order: header with the next action, lines and answers at the left, clock, money and history at the right. */
export const OrderPage = ({ id }: { id: string }) => {
  const t = useTranslations('order');
  const s = useTranslations('states');
  const h = useTranslations('history');
  const [tab = 'work', setTab] = useUrlState('tab');
  const [revision, setRevision] = useUrlState('at');
  const { order, current, query } = useOrder(id, revision);
  const history = useHistory('repairOrder', id, current?.revision);
  const asks = useOrderAsks(order);
  const invoices = useInvoicesOf(order ? id : undefined);
  useKeys({
    e: () => document.querySelector<HTMLButtonElement>('main [data-slot="order-header"] [data-primary]')?.click(),
  });

  if (query.isPending) return <OrderSkeleton />;
  if (query.error) return <Failed error={query.error as never} onRetry={() => void query.refetch()} />;
  if (!order) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  const invoice = invoices.find((each) => each.status !== 'credited') ?? invoices[0];
  const isPast = revision !== undefined;
  const actions = (
    <Actions allowed={order.allowedCommands} order={nextFor(order)} asks={asks} aggregate="RepairOrder" />
  );

  return (
    <article>
      {isPast ? (
        <AsOfBanner
          entry={history.data?.find((entry) => entry.revision === revision)}
          onReturn={() => setRevision(undefined)}
        />
      ) : null}
      <OrderHeader order={order} actions={isPast ? null : actions} />
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'work' ? undefined : next)}
        label={t('tabs')}
        tabs={[
          { id: 'work', label: t('tabWork') },
          { id: 'history', label: h('title') },
        ]}
      >
        <TabPanel id="work">
          <div className="grid grid-cols-1 gap-4 wide:grid-cols-[minmax(0,1fr)_21rem] wide:items-start">
            <div className="grid min-w-0 grid-cols-1 gap-4">
              <OrderLines
                order={order}
                aside={
                  order.allowedCommands.some(({ name }) => name === 'DraftEstimate') ? (
                    <Button asChild size="sm">
                      <Link href={`/workshop/orders/${id}/estimate`}>
                        <FilePenLine aria-hidden />
                        {order.estimates.length > 0 ? t('editEstimate') : t('writeEstimate')}
                      </Link>
                    </Button>
                  ) : null
                }
              />
              <FindingsCard order={order} />
              <EstimatesCard order={order} />
            </div>
            <div className="grid min-w-0 grid-cols-1 gap-4">
              <Card className="p-4">
                <Journey steps={journeyOf(order, invoice?.status === 'paid')} />
              </Card>
              <MoneyCard order={order} invoice={invoice} isPast={isPast} />
              <WorkCard order={order} />
              <CarCard order={order} />
              <Card>
                <CardHeader
                  title={h('title')}
                  aside={
                    <Button tone="quiet" size="sm" onClick={() => setTab('history')}>
                      {h('showAll')}
                    </Button>
                  }
                />
                <div className="px-4 pt-4">
                  <Timeline entries={history.data} limit={5} />
                </div>
              </Card>
            </div>
          </div>
        </TabPanel>
        <TabPanel id="history">
          <HistoryPanel field="repairOrder" id={id} entries={history.data} revision={revision} onChoose={setRevision} />
        </TabPanel>
      </Tabs>
      {isPast ? null : (
        <div className="fixed inset-x-0 bottom-15 z-20 border-line border-t bg-surface px-4 py-2.5 desk:hidden [&:not(:has([data-primary],button))]:hidden">
          <Actions allowed={order.allowedCommands} order={nextFor(order)} asks={asks} aggregate="RepairOrder" thumb />
        </div>
      )}
    </article>
  );
};

const CarCard = ({ order }: { order: Order }) => {
  const locale = useLocale();
  const t = useTranslations('order');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  return (
    <Card>
      <CardHeader title={t('visit')} />
      <div className="grid gap-3 p-4">
        <Facts
          items={[
            [f('customer'), `${order.customerName ?? '–'} (${e(order.customer.kind)})`],
            [f('payer'), e(order.payer.kind)],
            [t('openedAt'), <Moment key="at" at={order.openedAt} />],
            [f('odometerInKm'), <Km key="in" value={order.odometerInKm} />],
            order.odometerOutKm ? [f('odometerOutKm'), <Km key="out" value={order.odometerOutKm} />] : null,
            [f('fuelPct'), `${order.fuelPct}%`],
            order.statement
              ? [
                  f('statementNo'),
                  <a
                    key="st"
                    href={documentUrl('statement', order.id, locale)}
                    title={order.statement.sha256}
                    target="_blank"
                    rel="noreferrer"
                    className="text-accent underline underline-offset-4"
                  >
                    {order.statement.number} (PDF)
                  </a>,
                ]
              : null,
            order.warrantyTerms[0]
              ? [f('warranty'), t('warrantyUntil', { day: order.warrantyTerms[0].untilOn })]
              : null,
            order.handOver ? [t('handedOver'), <Moment key="ho" at={order.handOver.at} />] : null,
          ]}
        />
        <PhotoStrip photos={order.conditionPhotos} />
      </div>
    </Card>
  );
};
