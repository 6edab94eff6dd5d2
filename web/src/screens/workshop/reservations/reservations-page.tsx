'use client';
import { CalendarPlus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { Link, useRouter } from '../../../i18n/navigation.ts';
import { Actions } from '../../../kit/actions.tsx';
import { useKeys } from '../../../kit/keyboard.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/field.tsx';
import { Ago, Moment } from '../../../ui/figures.tsx';
import { Inspector } from '../../../ui/inspector.tsx';
import { Card, PageHeader } from '../../../ui/layout.tsx';
import { Dialog } from '../../../ui/overlay.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { type Column, DataTable } from '../../../ui/table.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { inForce, useWorkshop } from '../workshop.ts';
import { nextReservationCommands, reservationTone } from './model.ts';
import type { Reservation } from './queries.ts';
import { RequestForm } from './request-form.tsx';
import { useReservationActions } from './reservation-asks.tsx';
import { ReservationBody } from './reservation-body.tsx';
import { ReservationStatusLine } from './status-line.tsx';
import { type Tab, useReservations } from './use-reservations.ts';

/** Requests and appointments; a row opens beside the list with its next action. */
export const ReservationsPage = () => {
  const t = useTranslations('reservation');
  const n = useTranslations('nav');
  const f = useTranslations('fields');
  const c = useTranslations('common');
  const status = useTranslations('reservationStatus');
  const router = useRouter();
  const { workshop } = useWorkshop();
  const [tab = 'open', setTab] = useUrlState('tab');
  const [text, setText] = useUrlState('q');
  const [chosen, setChosen] = useUrlState('reservation');
  const [asking, setAsking] = useState(false);
  const close = useCallback(() => setChosen(undefined), [setChosen]);
  const { query, changed } = useReservations(tab as Tab, text, workshop?.id);
  useKeys({ e: () => document.querySelector<HTMLButtonElement>('[data-slot="inspector"] [data-primary]')?.click() });
  const items = useMemo(() => (workshop ? (inForce(workshop.menus)?.items ?? []) : []), [workshop]);
  const columns = useMemo(
    (): readonly Column<Reservation>[] => [
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
        cell: (row) => <ToneBadge tone={reservationTone[row.status] ?? 'idle'}>{status(row.status)}</ToneBadge>,
      },
      { id: 'starts', head: t('when'), sort: (row) => row.startsAt, cell: (row) => <Moment at={row.startsAt} /> },
      {
        id: 'who',
        head: f('customer'),
        sort: (row) => row.requesterName ?? '',
        cell: (row) => row.requesterName ?? '–',
      },
      {
        id: 'services',
        head: f('services'),
        desk: true,
        cell: (row) => (
          <span className="line-clamp-1">
            {row.services.map(({ code }) => items.find((item) => item.serviceCode === code)?.name ?? code).join(', ')}
          </span>
        ),
      },
      {
        id: 'asked',
        head: t('requested'),
        desk: true,
        align: 'right',
        sort: (row) => row.requestedAt,
        cell: (row) => <Ago at={row.requestedAt} className="text-ink-soft" />,
      },
    ],
    [f, status, t, items],
  );
  const row = query.data?.find((each) => each.id === chosen);
  const open = (each: Reservation): void =>
    each.id === chosen ? router.push(`/workshop/reservations/${each.id}`) : setChosen(each.id);

  return (
    <>
      <PageHeader
        quiet
        title={n('reservations')}
        actions={
          <>
            <Input
              type="search"
              aria-label={t('filter')}
              placeholder={t('filter')}
              defaultValue={text ?? ''}
              onChange={(event) => setText(event.target.value)}
              className="w-full desk:w-56"
            />
            <Button tone="primary" onClick={() => setAsking(true)}>
              <Plus aria-hidden />
              {t('new')}
            </Button>
          </>
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'open' ? undefined : next)}
        label={n('reservations')}
        tabs={[
          { id: 'open', label: t('tabOpen') },
          { id: 'past', label: t('tabPast') },
        ]}
      >
        <TabPanel id={tab}>
          <Card>
            {query.isPending ? <ListSkeleton /> : null}
            {query.error ? <Failed error={query.error as never} onRetry={() => void query.refetch()} /> : null}
            {query.data?.length === 0 ? (
              <Empty icon={CalendarPlus} title={t('emptyTitle')} text={t('emptyText')}>
                <Button onClick={() => setAsking(true)}>{t('new')}</Button>
              </Empty>
            ) : null}
            {query.data && query.data.length > 0 ? (
              <DataTable
                rows={query.data}
                columns={columns}
                rowId={(each) => each.id}
                label={n('reservations')}
                chosen={chosen}
                changed={changed}
                onOpen={open}
                onAct={open}
              />
            ) : null}
          </Card>
        </TabPanel>
      </Tabs>
      {chosen && row ? (
        <Inspector
          label={`${row.plate} · ${status(row.status)}`}
          href={`/workshop/reservations/${row.id}`}
          onClose={close}
        >
          <ReservationSummary reservation={row} />
        </Inspector>
      ) : null}
      <Dialog open={asking} onOpenChange={setAsking} title={t('new')} closeLabel={c('close')}>
        <RequestForm onDone={() => setAsking(false)} />
      </Dialog>
    </>
  );
};

const ReservationSummary = ({ reservation }: { reservation: Reservation }) => {
  const t = useTranslations('reservation');
  const { allowed, asks } = useReservationActions(reservation);
  return (
    <div className="grid grid-cols-1 gap-4">
      <ReservationStatusLine reservation={reservation} block />
      <Actions allowed={allowed} order={nextReservationCommands} asks={asks} aggregate="Reservation" />
      <ReservationBody reservation={reservation} />
      <Link
        href={`/workshop/reservations/${reservation.id}?tab=history`}
        className="text-accent text-sm underline underline-offset-4"
      >
        {t('toHistory')}
      </Link>
    </div>
  );
};
