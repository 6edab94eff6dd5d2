'use client';
import { ClipboardCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Skeleton } from '../../ui/layout.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import { AnswerCard } from './garage-page.tsx';
import { useInbox } from './use-garage.ts';

/** Estimates that wait for my answer. */
export const ApprovalsPage = () => {
  const t = useTranslations('approve');
  const inbox = useInbox();
  return (
    <div className="mx-auto grid max-w-xl gap-3">
      <h1 className="font-bold text-xl tracking-tight">{t('inbox')}</h1>
      {inbox.isPending ? [1, 2].map((row) => <Skeleton key={row} className="h-20 w-full rounded-md" />) : null}
      {inbox.error ? <Failed error={inbox.error as never} onRetry={() => void inbox.refetch()} /> : null}
      {inbox.data?.length === 0 ? <Empty icon={ClipboardCheck} title={t('emptyTitle')} text={t('emptyText')} /> : null}
      {inbox.data?.map((approval) => (
        <AnswerCard key={approval.id} approval={approval} />
      ))}
    </div>
  );
};
