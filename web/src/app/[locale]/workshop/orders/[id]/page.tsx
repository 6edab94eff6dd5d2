import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OrderPage } from '../../../../../screens/workshop/order/order-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('orders') });

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <OrderPage id={(await params).id} />;
}
