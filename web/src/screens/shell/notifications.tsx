'use client';
import { Bell } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from '../../i18n/navigation.ts';
import { useNews } from '../../kit/news.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { useCommand } from '../../kit/use-command.ts';
import { named, roomsOf } from '../../session/viewer.ts';
import { Button } from '../../ui/button.tsx';
import { Ago } from '../../ui/figures.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuLine, MenuTrigger } from '../../ui/overlay.tsx';
import { type Notice, useNotices } from './use-notices.ts';

/** Where a notice leads: the values it was filled with name the record it is about. */
const pathOf = ({ values }: Notice, room: string | undefined): string | undefined => {
  const { repairOrderId, reservationId } = values as Readonly<Record<string, unknown>>;
  if (room === 'workshop' && repairOrderId) return `/workshop/orders/${repairOrderId}`;
  if (room === 'workshop' && reservationId) return '/workshop/reservations';
  if (room === 'garage' && repairOrderId) return '/garage/approvals';
  return room === 'garage' && reservationId ? '/garage/reservations' : undefined;
};

/** The inbox: messages to me and my role until they are read, and what others did while this page was open. */
export const Notifications = () => {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const viewer = useViewer();
  const news = useNews();
  const { notices, unread } = useNotices();
  const reading = useCommand('ReadNotice');
  const count = unread + news.unread;
  const open = (notice: Notice) => {
    if (!notice.readBy.includes(viewer.userId)) void reading.send({ noticeId: notice.id });
    const path = pathOf(notice, roomsOf(viewer.role)[0]);
    if (path) router.push(path);
  };
  return (
    <Menu onOpenChange={(isOpen) => isOpen && news.read()}>
      <MenuTrigger asChild>
        <Button tone="quiet" size="icon" className="relative" aria-label={t('notifications', { count })}>
          <Bell aria-hidden />
          {count > 0 ? (
            <span
              aria-hidden
              className="absolute top-1 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[10px] text-on-accent leading-4"
            >
              {count}
            </span>
          ) : null}
        </Button>
      </MenuTrigger>
      <MenuContent className="max-h-[70dvh] w-[min(22rem,calc(100vw-1rem))] overflow-y-auto">
        <MenuLabel>{t('inbox')}</MenuLabel>
        {notices.length === 0 ? <p className="px-2.5 pt-1 pb-3 text-ink-soft text-sm">{t('noNotices')}</p> : null}
        {notices.map((notice) => {
          const isRead = notice.readBy.includes(viewer.userId);
          return (
            <MenuItem key={notice.id} onSelect={() => open(notice)} className="flex-col items-start gap-0.5">
              <span className={isRead ? 'text-ink-soft' : 'font-semibold'}>
                {named(notice.title, locale)}
                {isRead ? null : <span className="sr-only"> ({t('unread')})</span>}
              </span>
              <span className="text-ink-soft text-xs">{named(notice.body, locale)}</span>
              <Ago at={notice.sentAt} className="text-ink-soft text-xs" />
            </MenuItem>
          );
        })}
        <MenuLine />
        <MenuLabel>{t('news')}</MenuLabel>
        {news.list.length === 0 ? <p className="px-2.5 pt-1 pb-3 text-ink-soft text-sm">{t('noNews')}</p> : null}
        {news.list.map((each) => (
          <MenuItem key={each.id} onSelect={() => router.push(each.href)} className="flex-col items-start gap-0">
            <span>{each.text}</span>
            <Ago at={each.at} className="text-ink-soft text-xs" />
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
};
