'use client';
import { BellRing, Building2, Check, Languages, LogOut, Monitor, Moon, Rows3, Sun, UserRound } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { usePathname, useRouter } from '../../i18n/navigation.ts';
import { type Density, prefer, type Theme, themes } from '../../kit/preferences.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { signOut } from '../../kit/sign-in.ts';
import { named } from '../../session/viewer.ts';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuLine, MenuTrigger } from '../../ui/overlay.tsx';
import { Avatar } from '../../ui/person.tsx';
import { NoticeChoice } from './notice-choice.tsx';

const icons = { system: Monitor, light: Sun, dark: Moon };
const current = <T extends string>(name: 'theme' | 'density', fallback: T): T =>
  typeof document === 'undefined' ? fallback : ((document.documentElement.dataset[name] as T | undefined) ?? fallback);

/** Who is signed in; theme, density, language; another membership; sign out. */
export const UserMenu = () => {
  const t = useTranslations('shell');
  const role = useTranslations('roles');
  const viewer = useViewer();
  const locale = useLocale();
  const router = useRouter();
  const pathname = usePathname();
  const [theme, setTheme] = useState<Theme>(() => current<Theme>('theme', 'system'));
  const [density, setDensity] = useState<Density>(() => current<Density>('density', 'comfortable'));
  const [choosing, setChoosing] = useState(false);
  const name = named(viewer.name, locale);

  const tick = (on: boolean) => (on ? <Check className="ml-auto text-accent!" aria-label={t('chosen')} /> : null);
  return (
    <>
      <Menu>
        <MenuTrigger
          className="flex h-9 items-center gap-2 rounded-md px-1 hover:bg-sunken desk:px-2"
          aria-label={t('userMenu', { name })}
        >
          <Avatar name={name} />
          <span className="hidden max-w-40 truncate font-medium text-sm desk:inline">{name}</span>
        </MenuTrigger>
        <MenuContent>
          <div className="px-2.5 pt-2 pb-1.5">
            <p className="font-semibold text-sm">{name}</p>
            <p className="text-ink-soft text-xs">
              {[role(viewer.role), named(viewer.orgName, locale)].filter(Boolean).join(' · ')}
            </p>
          </div>
          <MenuLine />
          <MenuLabel>{t('theme')}</MenuLabel>
          {themes.map((each) => {
            const Icon = icons[each];
            return (
              <MenuItem
                key={each}
                onSelect={(event) => {
                  event.preventDefault();
                  prefer('theme', each);
                  setTheme(each);
                }}
              >
                <Icon aria-hidden />
                {t(`themes.${each}`)}
                {tick(theme === each)}
              </MenuItem>
            );
          })}
          <MenuLine />
          <MenuItem
            onSelect={(event) => {
              event.preventDefault();
              const next = density === 'compact' ? 'comfortable' : 'compact';
              prefer('density', next);
              setDensity(next);
            }}
          >
            <Rows3 aria-hidden />
            {t('compact')}
            {tick(density === 'compact')}
          </MenuItem>
          <MenuItem
            onSelect={() =>
              router.replace(pathname + window.location.search, { locale: locale === 'ko' ? 'en' : 'ko' })
            }
          >
            <Languages aria-hidden />
            <span lang={locale === 'ko' ? 'en' : 'ko'}>{locale === 'ko' ? 'English' : '한국어'}</span>
          </MenuItem>
          <MenuItem onSelect={() => setChoosing(true)}>
            <BellRing aria-hidden />
            {t('noticeChoice')}
          </MenuItem>
          <MenuLine />
          <MenuItem onSelect={() => router.push('/sign-in?switch=1')}>
            {viewer.orgId ? <Building2 aria-hidden /> : <UserRound aria-hidden />}
            {t('switchMembership')}
          </MenuItem>
          <MenuItem onSelect={() => void signOut(locale)}>
            <LogOut aria-hidden />
            {t('signOut')}
          </MenuItem>
        </MenuContent>
      </Menu>
      <NoticeChoice open={choosing} onOpenChange={setChoosing} />
    </>
  );
};
