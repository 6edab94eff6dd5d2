import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GaragePage } from '../../../screens/garage/garage-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('garage') });

export default function Page() {
  return <GaragePage />;
}
