import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OrdersPage } from '../../../../screens/workshop/order/orders-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('orders') });

export default function Page() {
  return <OrdersPage />;
}
