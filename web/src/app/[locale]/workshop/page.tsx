import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TodayPage } from '../../../screens/workshop/board/today-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('today') });

export default function Page() {
  return <TodayPage />;
}
