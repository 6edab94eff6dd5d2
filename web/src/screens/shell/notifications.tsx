'use client';
import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRouter } from '../../i18n/navigation.ts';
import { useNews } from '../../kit/news.ts';
import { Button } from '../../ui/button.tsx';
import { Ago } from '../../ui/figures.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '../../ui/overlay.tsx';

/** What others did while this page was open, newest first. */
export const Notifications = () => {
  const t = useTranslations('shell');
  const router = useRouter();
  const { list, unread, read } = useNews();
  return (
    <Menu onOpenChange={(open) => open && read()}>
      <MenuTrigger asChild>
        <Button tone="quiet" size="icon" className="relative" aria-label={t('notifications', { count: unread })}>
          <Bell aria-hidden />
          {unread > 0 ? (
            <span
              aria-hidden
              className="absolute top-1 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[10px] text-on-accent leading-4"
            >
              {unread}
            </span>
          ) : null}
        </Button>
      </MenuTrigger>
      <MenuContent className="max-h-96 w-80 overflow-y-auto">
        <MenuLabel>{t('news')}</MenuLabel>
        {list.length === 0 ? <p className="px-2.5 pt-1 pb-3 text-ink-soft text-sm">{t('noNews')}</p> : null}
        {list.map((news) => (
          <MenuItem key={news.id} onSelect={() => router.push(news.href)} className="flex-col items-start gap-0">
            <span>{news.text}</span>
            <Ago at={news.at} className="text-ink-soft text-xs" />
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
};
