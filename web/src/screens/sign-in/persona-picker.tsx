'use client';
import { Building2, CarFront, ChevronRight, LoaderCircle, ShieldCheck, Truck, UserRound } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Link, usePathname, useRouter } from '../../i18n/navigation.ts';
import { groupBy } from '../../kit/group-by.ts';
import { signIn } from '../../kit/sign-in.ts';
import { homeOf, named, type Persona } from '../../session/viewer.ts';
import { Avatar } from '../../ui/person.tsx';
import { Failed } from '../../ui/states.tsx';

/** Development's door: choose who to be. Every right is still checked by the gateway. */
export const PersonaPicker = ({
  people,
  reachable,
  current,
}: {
  people: readonly Persona[];
  reachable: boolean;
  current: string | undefined;
}) => {
  const t = useTranslations('signIn');
  const s = useTranslations('states');
  const role = useTranslations('roles');
  const locale = useLocale();
  const router = useRouter();
  const pathname = usePathname();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const groups = groupBy(people, (person) => person.orgId ?? '');

  const choose = async (person: Persona): Promise<void> => {
    setBusy(person.user);
    setProblem(undefined);
    const result = await signIn(person.user);
    if (result.ok) {
      // A whole load: nothing of the person before stays in memory.
      window.location.assign((locale === 'ko' ? '' : `/${locale}`) + homeOf(person.role));
      return;
    }
    setBusy(undefined);
    setProblem(result.code === 'UNAVAILABLE' ? s('unavailableText') : t('refused'));
  };

  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-4xl content-start gap-6 px-5 py-10 desk:py-16">
      <header className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="font-bold text-accent text-base">CarGoro</p>
          <h1 className="font-bold text-2xl tracking-tight">{t('title')}</h1>
          <p className="mt-1 text-ink-soft">{t('lead')}</p>
        </div>
        <Link
          href={pathname}
          locale={locale === 'ko' ? 'en' : 'ko'}
          lang={locale === 'ko' ? 'en' : 'ko'}
          className="ml-auto rounded-md px-2 py-1 text-ink-soft text-sm underline-offset-4 hover:text-ink hover:underline"
        >
          {locale === 'ko' ? 'English' : '한국어'}
        </Link>
      </header>
      {problem ? (
        <p role="alert" className="rounded-md bg-problem-soft px-4 py-3 text-problem">
          {problem}
        </p>
      ) : null}
      {!reachable ? <Failed error={{ code: 'UNAVAILABLE', message: '' }} onRetry={() => router.refresh()} /> : null}
      <div className="grid gap-4 desk:grid-cols-2 desk:items-start">
        {[...groups].map(([orgId, members]) => {
          const [first] = members;
          const Icon = !orgId
            ? CarFront
            : first?.role?.startsWith('FLEET')
              ? Truck
              : first?.role?.startsWith('PLATFORM')
                ? ShieldCheck
                : Building2;
          return (
            <section
              key={orgId}
              aria-labelledby={`org-${orgId}`}
              className="overflow-hidden rounded-md border border-line bg-surface"
            >
              <h2 id={`org-${orgId}`} className="flex items-center gap-2 px-4 pt-3.5 pb-2 font-semibold text-sm">
                <Icon className="size-4 text-ink-soft" aria-hidden />
                {orgId ? named(first?.orgName, locale) : t('private')}
              </h2>
              <ul>
                {members.map((person) => (
                  <li key={person.user}>
                    <button
                      type="button"
                      data-user={person.user}
                      disabled={busy !== undefined}
                      onClick={() => void choose(person)}
                      className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left -outline-offset-2 enabled:hover:bg-sunken"
                    >
                      <Avatar name={named(person.name, locale)} className="size-8" />
                      <span className="min-w-0 flex-1">
                        <span className="block truncate font-medium text-body leading-tight">
                          {named(person.name, locale)}
                        </span>
                        <span className="block truncate text-ink-soft text-sm leading-tight">
                          {role(person.role ?? 'ANYONE')}
                        </span>
                      </span>
                      {person.user === current ? (
                        <span className="flex items-center gap-1 text-ink-soft text-xs">
                          <UserRound className="size-3.5" aria-hidden />
                          {t('current')}
                        </span>
                      ) : null}
                      {busy === person.user ? (
                        <LoaderCircle className="size-4 animate-spin text-accent" aria-label={t('signingIn')} />
                      ) : (
                        <ChevronRight className="size-4 text-ink-soft" aria-hidden />
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <p className="text-ink-soft text-sm">{t('note')}</p>
    </main>
  );
};
