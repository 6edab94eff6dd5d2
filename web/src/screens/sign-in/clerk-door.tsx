'use client';
import { SignIn, useOrganizationList } from '@clerk/nextjs';
import { Building2, ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ListSkeleton } from '../../ui/states.tsx';

/** The door of production: Clerk's own form, or, for somebody signed in, the organisations to act for. */
export const ClerkDoor = ({ signedIn }: { signedIn: boolean }) => {
  const t = useTranslations('signIn');
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-start gap-6 px-5 py-10 desk:py-16">
      <header>
        <p className="font-bold text-accent text-base">CarGoro</p>
        <h1 className="font-bold text-2xl tracking-tight">{t(signedIn ? 'chooseOrganisation' : 'welcome')}</h1>
      </header>
      {signedIn ? <Memberships /> : <SignIn routing="hash" forceRedirectUrl="/" />}
    </main>
  );
};

const Memberships = () => {
  const t = useTranslations('signIn');
  const locale = useLocale();
  const { isLoaded, setActive, userMemberships } = useOrganizationList({ userMemberships: { infinite: true } });
  if (!isLoaded) return <ListSkeleton rows={3} />;
  const act = async (organization: string | null): Promise<void> => {
    await setActive({ organization });
    // A whole load: nothing of the membership before stays in memory.
    window.location.assign(locale === 'ko' ? '/' : `/${locale}`);
  };
  const choices = [
    ...userMemberships.data.map(({ organization: { id, name } }) => ({ id, name })),
    { id: null, name: t('private') },
  ];
  return (
    <ul className="overflow-hidden rounded-md border border-line bg-surface">
      {choices.map(({ id, name }) => (
        <li key={id}>
          <button
            type="button"
            data-organisation={id ?? 'none'}
            onClick={() => void act(id)}
            className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left -outline-offset-2 hover:bg-sunken"
          >
            <Building2 className="size-4 text-ink-soft" aria-hidden />
            <span className="min-w-0 flex-1 truncate font-medium text-body">{name}</span>
            <ChevronRight className="size-4 text-ink-soft" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
};
