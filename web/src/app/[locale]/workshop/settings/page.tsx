import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SettingsPage } from '../../../../screens/workshop/settings/settings-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('settings') });

export default function Page() {
  return <SettingsPage />;
}
