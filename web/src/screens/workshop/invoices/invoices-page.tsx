'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useRouter } from '../../../i18n/navigation.ts';
import { ask } from '../../../kit/client.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Money } from '../../../ui/figures.tsx';
import { Card, PageHeader } from '../../../ui/layout.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { type Column, DataTable } from '../../../ui/table.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { invoiceTone } from './model.ts';
import { type Invoice, InvoicesQuery } from './queries.ts';

const tabs = {
  due: ['draft', 'issued', 'partlyPaid', 'overdue'],
  paid: ['paid'],
  other: ['refunded', 'credited', 'writtenOff'],
};

/** Invoices: what is to be paid, what is paid, what was taken back. */
export const InvoicesPage = ({ base = '/workshop/invoices' }: { base?: string }) => {
  const t = useTranslations('invoice');
  const n = useTranslations('nav');
  const f = useTranslations('fields');
  const c = useTranslations('common');
  const e = useTranslations('enums');
  const status = useTranslations('invoiceStatus');
  const locale = useLocale();
  const router = useRouter();
  const [tab = 'due', setTab] = useUrlState('tab');
  const query = useInfiniteQuery({
    queryKey: ['invoices', tab, locale],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await ask(
          InvoicesQuery,
          { filter: { status: tabs[tab as keyof typeof tabs] ?? tabs.due }, sourceId: null, after: pageParam },
          locale,
        )
      ).invoices,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
  const rows = useMemo(
    () => query.data?.pages.flatMap(({ edges }) => edges.map(({ node }) => node)) ?? [],
    [query.data],
  );
  const columns = useMemo(
    (): readonly Column<Invoice>[] => [
      {
        id: 'number',
        head: f('number'),
        sort: (row) => row.number ?? '',
        cell: (row) => <span className="font-medium">{row.number ?? t('unnumbered')}</span>,
      },
      {
        id: 'status',
        head: f('status'),
        sort: (row) => row.status,
        cell: (row) => <ToneBadge tone={invoiceTone[row.status] ?? 'idle'}>{status(row.status)}</ToneBadge>,
      },
      { id: 'payer', head: f('payer'), desk: true, cell: (row) => e(row.payer.kind) },
      {
        id: 'document',
        head: f('documentKind'),
        desk: true,
        cell: (row) => (row.documentKind ? e(row.documentKind) : '–'),
      },
      { id: 'due', head: f('dueOn'), desk: true, sort: (row) => row.dueOn ?? '', cell: (row) => row.dueOn ?? '–' },
      {
        id: 'total',
        head: f('totalKrw'),
        align: 'right',
        sort: (row) => row.totalKrw,
        cell: (row) => <Money krw={row.totalKrw} />,
      },
      {
        id: 'balance',
        head: f('balanceKrw'),
        align: 'right',
        sort: (row) => row.balanceKrw,
        cell: (row) => <Money krw={row.balanceKrw} strong={row.balanceKrw > 0} />,
      },
    ],
    [f, t, e, status],
  );
  return (
    <>
      <PageHeader quiet title={n('invoices')} />
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'due' ? undefined : next)}
        label={n('invoices')}
        tabs={Object.keys(tabs).map((id) => ({ id, label: t(`tabs.${id}`) }))}
      >
        <TabPanel id={tab}>
          <Card>
            {query.isPending ? <ListSkeleton /> : null}
            {query.error ? <Failed error={query.error as never} onRetry={() => void query.refetch()} /> : null}
            {query.data && rows.length === 0 ? (
              <Empty icon={ReceiptText} title={t('emptyTitle')} text={t('emptyText')} />
            ) : null}
            {rows.length > 0 ? (
              <DataTable
                rows={rows}
                columns={columns}
                rowId={(row) => row.id}
                label={n('invoices')}
                onOpen={(row) => router.push(`${base}/${row.id}`)}
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
    </>
  );
};
