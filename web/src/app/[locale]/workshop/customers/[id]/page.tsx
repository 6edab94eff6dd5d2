import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { VehiclePage } from '../../../../../screens/workshop/customers/vehicle-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('customers') });

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <VehiclePage id={(await params).id} />;
}
