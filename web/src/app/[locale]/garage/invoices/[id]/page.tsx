import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InvoicePage } from '../../../../../screens/workshop/invoices/invoice-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('payments') });

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <InvoicePage id={(await params).id} />;
}
