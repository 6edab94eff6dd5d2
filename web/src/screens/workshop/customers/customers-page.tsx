'use client';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useRouter } from '../../../i18n/navigation.ts';
import { ask } from '../../../kit/client.ts';
import { allPages } from '../../../kit/pages.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Input } from '../../../ui/field.tsx';
import { Moment, Money } from '../../../ui/figures.tsx';
import { Card, PageHeader } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { type Column, DataTable } from '../../../ui/table.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { CustomersQuery } from './queries.ts';
import { type Visitor, visitorsOf } from './visitors.ts';

/** Own customers: every car that has been here. */
export const CustomersPage = () => {
  const t = useTranslations('customers');
  const n = useTranslations('nav');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  const locale = useLocale();
  const router = useRouter();
  const [text, setText] = useUrlState('q');
  const query = useQuery({
    queryKey: ['customers', text ?? '', locale],
    queryFn: async () =>
      visitorsOf(
        await allPages(
          async (after) => (await ask(CustomersQuery, { filter: text ? { text } : null, after }, locale)).repairOrders,
        ),
      ),
    placeholderData: (before) => before,
  });
  const columns = useMemo(
    (): readonly Column<Visitor>[] => [
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
        id: 'customer',
        head: f('customer'),
        sort: (row) => row.customerName ?? '',
        cell: (row) => row.customerName ?? e(row.customerKind),
      },
      {
        id: 'open',
        head: t('now'),
        cell: (row) => (row.openOrderId ? <ToneBadge tone="running">{t('here')}</ToneBadge> : null),
      },
      {
        id: 'visits',
        head: t('visits'),
        align: 'right',
        desk: true,
        sort: (row) => row.visits,
        cell: (row) => t('times', { count: row.visits }),
      },
      {
        id: 'last',
        head: t('lastVisit'),
        desk: true,
        sort: (row) => row.lastVisit,
        cell: (row) => <Moment at={row.lastVisit} className="text-ink-soft" />,
      },
      {
        id: 'spent',
        head: t('spent'),
        align: 'right',
        sort: (row) => row.spentKrw,
        cell: (row) => <Money krw={row.spentKrw || null} />,
      },
    ],
    [f, t, e],
  );
  return (
    <>
      <PageHeader
        quiet
        title={n('customers')}
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
      <Card>
        {query.isPending ? <ListSkeleton /> : null}
        {query.error ? <Failed error={query.error as never} onRetry={() => void query.refetch()} /> : null}
        {query.data?.length === 0 ? <Empty icon={Users} title={t('emptyTitle')} text={t('emptyText')} /> : null}
        {query.data && query.data.length > 0 ? (
          <DataTable
            rows={query.data}
            columns={columns}
            rowId={(row) => row.vehicleId}
            label={n('customers')}
            onOpen={(row) => router.push(`/workshop/customers/${row.vehicleId}`)}
          />
        ) : null}
      </Card>
    </>
  );
};
