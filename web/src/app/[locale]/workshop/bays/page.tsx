import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BaysPage } from '../../../../screens/workshop/bays/bays-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('bays') });

export default function Page() {
  return <BaysPage />;
}
