'use client';
import { CloudOff, Inbox, type LucideIcon, RefreshCw, ShieldAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Skeleton } from './layout.tsx';

const Notice = ({
  icon: Icon,
  title,
  text,
  children,
}: {
  icon: LucideIcon;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}) => (
  <div className="grid animate-appear justify-items-center gap-2 px-6 py-14 text-center">
    <Icon className="size-7 text-ink-soft" strokeWidth={1.5} aria-hidden />
    <p className="font-semibold text-base">{title}</p>
    {text ? <p className="max-w-sm text-ink-soft text-sm">{text}</p> : null}
    {children ? <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div> : null}
  </div>
);

/** What this place is for, and the first action. */
export const Empty = ({
  title,
  text,
  icon = Inbox,
  children,
}: {
  title: string;
  text?: ReactNode;
  icon?: LucideIcon;
  children?: ReactNode;
}) => (
  <Notice icon={icon} title={title} text={text}>
    {children}
  </Notice>
);

/** What happened, what to do, a reference number, retry. */
export const Failed = ({
  error,
  onRetry,
}: {
  error: { code?: string; message: string; reference?: string };
  onRetry?: () => void;
}) => {
  const t = useTranslations('states');
  if (error.code === 'FORBIDDEN' || error.code === 'UNAUTHENTICATED')
    return <Notice icon={ShieldAlert} title={t('noRight')} text={t('noRightText')} />;
  return (
    <div role="alert">
      <Notice
        icon={CloudOff}
        title={error.code === 'UNAVAILABLE' ? t('unavailable') : t('failed')}
        text={error.code === 'UNAVAILABLE' ? t('unavailableText') : error.message}
      >
        {onRetry ? (
          <Button onClick={onRetry}>
            <RefreshCw aria-hidden />
            {t('retry')}
          </Button>
        ) : null}
        {error.reference ? (
          <p className="w-full text-ink-soft text-xs">{t('reference', { id: error.reference })}</p>
        ) : null}
      </Notice>
    </div>
  );
};

export const NoRight = ({ who }: { who: string }) => {
  const t = useTranslations('states');
  return <Notice icon={ShieldAlert} title={t('noRight')} text={t('noRightWho', { who })} />;
};

export const ListSkeleton = ({ rows = 8 }: { rows?: number }) => {
  const t = useTranslations('states');
  return (
    <div role="status" aria-label={t('loading')} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className="flex h-(--row) min-w-0 items-center gap-4 overflow-hidden px-4">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  );
};
