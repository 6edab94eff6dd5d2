import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApprovePage } from '../../../../../screens/garage/approve-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('approvals') });

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ApprovePage id={(await params).id} />;
}
