'use client';
import { useTranslations } from 'next-intl';
import { Actions } from '../../../kit/actions.tsx';
import { AsOfBanner, HistoryPanel } from '../../../kit/as-of.tsx';
import { useHistory } from '../../../kit/timeline.tsx';
import { useUrlState } from '../../../kit/url-state.ts';
import { Card, PageHeader } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { nextReservationCommands } from './model.ts';
import { useReservationActions } from './reservation-asks.tsx';
import { ReservationBody } from './reservation-body.tsx';
import { ReservationStatusLine } from './status-line.tsx';
import { useReservation } from './use-reservations.ts';

export const ReservationPage = ({ id }: { id: string }) => {
  const t = useTranslations('reservation');
  const s = useTranslations('states');
  const h = useTranslations('history');
  const [tab = 'record', setTab] = useUrlState('tab');
  const [revision, setRevision] = useUrlState('at');
  const { reservation, current, query } = useReservation(id, revision);
  const history = useHistory('reservation', id, current?.revision);
  const { allowed, asks } = useReservationActions(reservation);
  if (query.isPending) return <ListSkeleton />;
  if (query.error) return <Failed error={query.error as never} onRetry={() => void query.refetch()} />;
  if (!reservation) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  const isPast = revision !== undefined;
  return (
    <>
      {isPast ? (
        <AsOfBanner
          entry={history.data?.find((entry) => entry.revision === revision)}
          onReturn={() => setRevision(undefined)}
        />
      ) : null}
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <Plate plate={reservation.plate} colour={plateColour(reservation.plate)} size="lg" />
            <span className="truncate">
              {reservation.model} {t('title')}
            </span>
          </span>
        }
        actions={
          isPast ? null : (
            <Actions allowed={allowed} order={nextReservationCommands} asks={asks} aggregate="Reservation" />
          )
        }
      />
      <div className="mb-4 text-sm">
        <ReservationStatusLine reservation={reservation} />
      </div>
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'record' ? undefined : next)}
        label={t('title')}
        tabs={[
          { id: 'record', label: t('title') },
          { id: 'history', label: h('title') },
        ]}
      >
        <TabPanel id="record">
          <Card className="max-w-3xl p-4">
            <ReservationBody reservation={reservation} />
          </Card>
        </TabPanel>
        <TabPanel id="history">
          <HistoryPanel field="reservation" id={id} entries={history.data} revision={revision} onChoose={setRevision} />
        </TabPanel>
      </Tabs>
    </>
  );
};
