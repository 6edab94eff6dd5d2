import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EstimatePage } from '../../../../../../screens/workshop/order/estimate-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('estimate'))('title'),
});

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EstimatePage id={(await params).id} />;
}
