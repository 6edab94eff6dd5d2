'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Wrench } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { Link, useRouter } from '../../../i18n/navigation.ts';
import { ask } from '../../../kit/client.ts';
import type { FragmentOf } from '../../../kit/graphql.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/field.tsx';
import { Moment, Money } from '../../../ui/figures.tsx';
import { Inspector } from '../../../ui/inspector.tsx';
import { Card, PageHeader } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { type Column, DataTable } from '../../../ui/table.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { statusTone } from './model.ts';
import { OrderInspector } from './order-inspector.tsx';
import { type OrderListFields, OrderListQuery } from './queries.ts';

type Row = FragmentOf<typeof OrderListFields>;
const statuses = {
  open: [
    'opened',
    'diagnosed',
    'awaitingApproval',
    'approved',
    'declined',
    'inProgress',
    'onHold',
    'qualityCheck',
    'inspected',
    'completed',
    'cancelled',
  ],
  closed: ['closed'],
};

/** Every repair order, newest first. */
export const OrdersPage = () => {
  const t = useTranslations('orders');
  const n = useTranslations('nav');
  const f = useTranslations('fields');
  const c = useTranslations('common');
  const status = useTranslations('orderStatus');
  const locale = useLocale();
  const router = useRouter();
  const [tab = 'open', setTab] = useUrlState('tab');
  const [text, setText] = useUrlState('q');
  const [chosen, setChosen] = useUrlState('order');
  const close = useCallback(() => setChosen(undefined), [setChosen]);
  const query = useInfiniteQuery({
    queryKey: ['orders', tab, text ?? '', locale],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await ask(
          OrderListQuery,
          {
            filter: { status: statuses[tab as keyof typeof statuses] ?? statuses.open, ...(text ? { text } : {}) },
            after: pageParam,
          },
          locale,
        )
      ).repairOrders,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
  const rows = useMemo(
    () => query.data?.pages.flatMap(({ edges }) => edges.map(({ node }) => node)) ?? [],
    [query.data],
  );
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      {
        id: 'plate',
        head: f('vehicle'),
        sort: (row) => row.plate,
        cell: (row) => (
          <span className="flex items-center gap-2.5">
            <Plate plate={row.plate} colour={plateColour(row.plate)} size="sm" />
            <span className="truncate max-desk:hidden">{row.model}</span>
          </span>
        ),
      },
      {
        id: 'status',
        head: f('status'),
        sort: (row) => row.status,
        cell: (row) => <ToneBadge tone={statusTone[row.status]}>{status(row.status)}</ToneBadge>,
      },
      {
        id: 'number',
        head: f('number'),
        desk: true,
        sort: (row) => row.number,
        cell: (row) => <span className="text-ink-soft">{row.number}</span>,
      },
      {
        id: 'customer',
        head: f('customer'),
        sort: (row) => row.customerName ?? '',
        cell: (row) => row.customerName ?? '–',
      },
      { id: 'technician', head: f('technicianId'), desk: true, cell: (row) => row.technicianName ?? '–' },
      {
        id: 'opened',
        head: t('opened'),
        sort: (row) => row.openedAt,
        cell: (row) => <Moment at={row.openedAt} className="text-ink-soft" />,
      },
      {
        id: 'money',
        head: f('approvedKrw'),
        align: 'right',
        sort: (row) => row.dueKrw || row.approvedKrw,
        cell: (row) => <Money krw={row.dueKrw || row.approvedKrw || null} />,
      },
    ],
    [f, status, t],
  );
  const open = (row: Row): void => (row.id === chosen ? router.push(`/workshop/orders/${row.id}`) : setChosen(row.id));
  const row = rows.find((each) => each.id === chosen);
  return (
    <>
      <PageHeader
        quiet
        title={n('orders')}
        actions={
          <Input
            type="search"
            aria-label={t('filter')}
            placeholder={t('filter')}
            defaultValue={text ?? ''}
            onChange={(event) => setText(event.target.value)}
            className="w-full desk:w-56"
          />
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'open' ? undefined : next)}
        label={n('orders')}
        tabs={[
          { id: 'open', label: t('tabOpen') },
          { id: 'closed', label: t('tabClosed') },
        ]}
      >
        <TabPanel id={tab}>
          <Card>
            {query.isPending ? <ListSkeleton /> : null}
            {query.error ? <Failed error={query.error as never} onRetry={() => void query.refetch()} /> : null}
            {query.data && rows.length === 0 ? (
              <Empty icon={Wrench} title={t('emptyTitle')} text={t('emptyText')}>
                <Button asChild>
                  <Link href="/workshop/reservations">{n('reservations')}</Link>
                </Button>
              </Empty>
            ) : null}
            {rows.length > 0 ? (
              <DataTable
                rows={rows}
                columns={columns}
                rowId={(each) => each.id}
                label={n('orders')}
                chosen={chosen}
                onOpen={open}
                onAct={open}
              />
            ) : null}
            {query.hasNextPage ? (
              <div className="border-line border-t p-3 text-center">
                <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {c('loadMore')}
                </Button>
              </div>
            ) : null}
          </Card>
        </TabPanel>
      </Tabs>
      {chosen ? (
        <Inspector
          label={row ? `${row.number} · ${row.plate}` : ''}
          href={`/workshop/orders/${chosen}`}
          onClose={close}
        >
          <OrderInspector id={chosen} />
        </Inspector>
      ) : null}
    </>
  );
};
