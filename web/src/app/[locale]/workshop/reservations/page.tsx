import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReservationsPage } from '../../../../screens/workshop/reservations/reservations-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('nav'))('reservations'),
});

export default function Page() {
  return <ReservationsPage />;
}
