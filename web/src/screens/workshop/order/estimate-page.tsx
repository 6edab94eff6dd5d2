'use client';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link, useRouter } from '../../../i18n/navigation.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton, NoRight } from '../../../ui/states.tsx';
import { inForce, ratesOn, useWorkshop } from '../workshop.ts';
import { draftOf } from './estimate-draft.ts';
import { EstimateEditor } from './estimate-editor.tsx';
import type { Order } from './queries.ts';
import { useOrder } from './use-order.ts';

/** Lines an estimate may still carry: what is under way or done keeps its price and stays out of a supplement. */
const startOf = (order: Order) => {
  const latest = order.estimates.at(-1);
  if (!latest) return [];
  const during = order.status === 'inProgress' || order.status === 'onHold';
  const fixed = new Set(
    order.lines
      .filter((line) => ['inWork', 'done', 'dropped'].includes(line.state) || (during && line.state === 'approved'))
      .map((line) => line.lineId),
  );
  return latest.lines.filter((line) => !fixed.has(line.lineId)).map(draftOf);
};

export const EstimatePage = ({ id }: { id: string }) => {
  const t = useTranslations('estimate');
  const s = useTranslations('states');
  const r = useTranslations('roles');
  const router = useRouter();
  const { order, query } = useOrder(id);
  const { workshop, query: workshops } = useWorkshop();
  if (query.isPending || workshops.isPending) return <ListSkeleton />;
  const error = query.error ?? workshops.error;
  if (error)
    return <Failed error={error as never} onRetry={() => void Promise.all([query.refetch(), workshops.refetch()])} />;
  if (!order || !workshop) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  if (!order.allowedCommands.some(({ name }) => name === 'DraftEstimate'))
    return <NoRight who={r('SERVICE_ADVISOR')} />;
  const menu = inForce(workshop.menus);
  const version = (order.estimates.at(-1)?.version ?? 0) + 1;
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <Button asChild tone="quiet" size="icon">
              <Link href={`/workshop/orders/${id}`} aria-label={t('backToOrder')}>
                <ArrowLeft aria-hidden />
              </Link>
            </Button>
            <Plate plate={order.plate} colour={plateColour(order.plate)} />
            <span className="truncate">
              {order.model} {t('title')}
            </span>
          </span>
        }
      />
      <EstimateEditor
        // A new version begins anew.
        key={version}
        repairOrderId={id}
        version={version}
        start={startOf(order)}
        menu={menu?.items ?? []}
        menuVersion={menu?.menuVersion ?? 1}
        rates={ratesOn(workshop.rates)}
        payer={order.payer.kind}
        findings={order.findings}
        canSend={order.allowedCommands.some(({ name }) => name === 'DraftEstimate')}
        onSaved={() => router.push(`/workshop/orders/${id}`)}
      />
    </>
  );
};
