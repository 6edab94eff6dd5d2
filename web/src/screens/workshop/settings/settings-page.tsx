'use client';
import { useTranslations } from 'next-intl';
import { Actions } from '../../../kit/actions.tsx';
import { AsOfBanner, HistoryPanel } from '../../../kit/as-of.tsx';
import { useHistory } from '../../../kit/timeline.tsx';
import { useUrlState } from '../../../kit/url-state.ts';
import { PageHeader } from '../../../ui/layout.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { StatusSentence } from '../../../ui/status.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { useWorkshop } from '../workshop.ts';
import { Posted } from './posted.tsx';

/** What a workshop has posted: class, hours, bays, rates, menu, staff. Every change is an event with its day. */
export const SettingsPage = () => {
  const t = useTranslations('settings');
  const n = useTranslations('nav');
  const h = useTranslations('history');
  const s = useTranslations('workshopStatus');
  const e = useTranslations('enums');
  const [tab = 'now', setTab] = useUrlState('tab');
  const [revision, setRevision] = useUrlState('at');
  const { workshop, query } = useWorkshop();
  const history = useHistory('workshop', workshop?.id ?? '', workshop?.revision);
  if (query.isPending) return <ListSkeleton />;
  if (query.error) return <Failed error={query.error as never} onRetry={() => void query.refetch()} />;
  if (!workshop) return <Empty title={t('noWorkshop')} text={t('noWorkshopText')} />;
  const given = { workshopId: workshop.id };
  return (
    <>
      {revision ? (
        <AsOfBanner
          entry={history.data?.find((entry) => entry.revision === revision)}
          onReturn={() => setRevision(undefined)}
        />
      ) : null}
      <PageHeader
        quiet
        title={n('settings')}
        lead={`${workshop.name} · ${e(workshop.class)}`}
        actions={
          <Actions
            allowed={workshop.allowedCommands}
            order={['OpenWorkshop', 'ResumeWorkshop']}
            aggregate="Workshop"
            asks={{
              OpenWorkshop: { given, direct: true },
              ResumeWorkshop: { given, direct: true },
              SuspendWorkshop: { given },
            }}
          />
        }
      />
      <div className="mb-4 text-sm">
        <StatusSentence tone={workshop.status === 'open' ? 'done' : 'waiting'} parts={[s(workshop.status)]} />
      </div>
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'now' ? undefined : next)}
        label={n('settings')}
        tabs={[
          { id: 'now', label: t('now') },
          { id: 'history', label: h('title') },
        ]}
      >
        <TabPanel id="now">
          <Posted workshop={workshop} />
        </TabPanel>
        <TabPanel id="history">
          <HistoryPanel
            field="workshop"
            id={workshop.id}
            entries={history.data}
            revision={revision}
            onChoose={setRevision}
          />
        </TabPanel>
      </Tabs>
    </>
  );
};
