import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApprovalsPage } from '../../../../screens/garage/approvals-page.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('nav'))('approvals') });

export default function Page() {
  return <ApprovalsPage />;
}
