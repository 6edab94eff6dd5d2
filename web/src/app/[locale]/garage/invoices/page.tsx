import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PaymentsPage } from '../../../../screens/garage/payments-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('payments') });

export default function Page() {
  return <PaymentsPage />;
}
