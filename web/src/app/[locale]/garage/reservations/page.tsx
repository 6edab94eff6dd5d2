import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BookingsPage } from '../../../../screens/garage/bookings-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('bookings') });

export default function Page() {
  return <BookingsPage />;
}
