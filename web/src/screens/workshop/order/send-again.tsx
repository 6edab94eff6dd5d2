'use client';
import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '../../../i18n/navigation.ts';
import { useNow } from '../../../kit/now.ts';
import { Button } from '../../../ui/button.tsx';
import { isExpired } from './model.ts';
import type { Order } from './queries.ts';

/** Where the last estimate can no longer be answered: the next version of it, at what things cost today. */
export const SendAgain = ({ order }: { order: Order }) => {
  const t = useTranslations('order');
  const now = useNow();
  if (!isExpired(order.estimates.at(-1), now)) return null;
  if (!order.allowedCommands.some(({ name }) => name === 'DraftEstimate')) return null;
  return (
    <Button asChild size="sm" className="justify-self-start">
      <Link href={`/workshop/orders/${order.id}/estimate?prices=today`} data-action="SendAgain">
        <RefreshCw aria-hidden />
        {t('sendAgain')}
      </Link>
    </Button>
  );
};
