import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InvoicesPage } from '../../../../screens/workshop/invoices/invoices-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('invoices') });

export default function Page() {
  return <InvoicesPage />;
}
