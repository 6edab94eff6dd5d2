import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CustomersPage } from '../../../../screens/workshop/customers/customers-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('customers') });

export default function Page() {
  return <CustomersPage />;
}
