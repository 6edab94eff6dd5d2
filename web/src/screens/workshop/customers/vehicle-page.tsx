'use client';
import { useQuery } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useRouter } from '../../../i18n/navigation.ts';
import { ask } from '../../../kit/client.ts';
import { Km, Moment, Money } from '../../../ui/figures.tsx';
import { Card, CardHeader, Facts, PageHeader } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { type Column, DataTable } from '../../../ui/table.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { statusTone } from '../order/model.ts';
import { VehicleQuery, VisitsQuery } from './queries.ts';

/** A car: its data as far as the owner's consent goes, and its visits here. */
export const VehiclePage = ({ id }: { id: string }) => {
  const t = useTranslations('customers');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  const status = useTranslations('orderStatus');
  const locale = useLocale();
  const router = useRouter();
  const query = useQuery({
    queryKey: ['vehicle', id, locale],
    queryFn: async () => (await ask(VehicleQuery, { id }, locale)).vehicle,
  });
  const visits = useQuery({
    queryKey: ['visits', id, locale],
    queryFn: async () => (await ask(VisitsQuery, { vehicleId: id }, locale)).repairOrders.edges.map(({ node }) => node),
  });
  type Visit = NonNullable<typeof visits.data>[number];
  const columns = useMemo(
    (): readonly Column<Visit>[] => [
      {
        id: 'number',
        head: f('number'),
        sort: (row) => row.number,
        cell: (row) => <span className="font-medium">{row.number}</span>,
      },
      {
        id: 'status',
        head: f('status'),
        cell: (row) => <ToneBadge tone={statusTone[row.status]}>{status(row.status)}</ToneBadge>,
      },
      { id: 'opened', head: t('visit'), sort: (row) => row.openedAt, cell: (row) => <Moment at={row.openedAt} /> },
      {
        id: 'complaint',
        head: f('complaint'),
        desk: true,
        cell: (row) => <span className="line-clamp-1">{row.complaint}</span>,
      },
      {
        id: 'km',
        head: f('odometerInKm'),
        desk: true,
        align: 'right',
        sort: (row) => row.odometerInKm,
        cell: (row) => <Km value={row.odometerInKm} />,
      },
      {
        id: 'money',
        head: f('totalKrw'),
        align: 'right',
        sort: (row) => row.dueKrw,
        cell: (row) => <Money krw={row.dueKrw || row.approvedKrw || null} />,
      },
    ],
    [f, t, status],
  );
  if (query.isPending || visits.isPending) return <ListSkeleton />;
  const error = query.error ?? visits.error;
  if (error)
    return <Failed error={error as never} onRetry={() => void Promise.all([query.refetch(), visits.refetch()])} />;
  const vehicle = query.data;
  const last = visits.data?.[0];
  const plate = vehicle?.plate ?? last?.plate;
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            {plate ? <Plate plate={plate} colour={plateColour(plate, vehicle?.plateColour)} size="lg" /> : null}
            <span className="truncate">{vehicle ? `${vehicle.make} ${vehicle.model}` : (last?.model ?? '')}</span>
          </span>
        }
        lead={last?.customerName}
      />
      <div className="grid grid-cols-1 gap-4 wide:grid-cols-[minmax(0,1fr)_20rem] wide:items-start">
        <Card>
          <CardHeader title={t('history')} />
          {visits.data?.length ? (
            <DataTable
              rows={visits.data}
              columns={columns}
              rowId={(row) => row.id}
              label={t('history')}
              onOpen={(row) => router.push(`/workshop/orders/${row.id}`)}
            />
          ) : (
            <Empty title={t('noVisits')} />
          )}
        </Card>
        <Card>
          <CardHeader title={t('car')} />
          {vehicle ? (
            <Facts
              className="p-4"
              items={[
                [
                  f('vin'),
                  <code key="vin" className="text-xs">
                    {vehicle.vin}
                  </code>,
                ],
                [f('modelYear'), String(vehicle.modelYear)],
                [f('fuel'), e(vehicle.fuel)],
                [f('firstRegisteredOn'), vehicle.firstRegisteredOn],
                [f('odometerKm'), <Km key="km" value={vehicle.odometerKm} />],
              ]}
            />
          ) : (
            <Empty icon={ShieldAlert} title={t('noAccess')} text={t('noAccessText')} />
          )}
        </Card>
      </div>
    </>
  );
};
