import { getTranslations } from 'next-intl/server';
import { Link } from '../../../i18n/navigation.ts';
import { Button } from '../../../ui/button.tsx';

/** For roles whose room is not built yet on this server. */
export default async function Page() {
  const t = await getTranslations('states');
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-2 px-6 text-center">
      <h1 className="font-semibold text-lg">{t('noRoom')}</h1>
      <p className="max-w-sm text-ink-soft text-sm">{t('noRoomText')}</p>
      <Button asChild className="mt-2">
        <Link href="/sign-in?switch=1">{t('signInAgain')}</Link>
      </Button>
    </main>
  );
}
