import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReservationPage } from '../../../../../screens/workshop/reservations/reservation-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('nav'))('reservations'),
});

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ReservationPage id={(await params).id} />;
}
