'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Link, useRouter } from '../../../i18n/navigation.ts';
import { ask } from '../../../kit/client.ts';
import { dayOf } from '../../../kit/format.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/layout.tsx';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton, NoRight } from '../../../ui/states.tsx';
import { inForce, ratesOn, useWorkshop, type Workshop } from '../workshop.ts';
import { draftOf } from './estimate-draft.ts';
import { EstimateEditor } from './estimate-editor.tsx';
import { amountOfLine, type Line } from './model.ts';
import { type Order, PartsQuery } from './queries.ts';
import { atTodaysPrices, partIdsOf, pricesOn, type TodaysPrices } from './todays-prices.ts';
import { useOrder } from './use-order.ts';

/** Lines an estimate may still carry: what is under way or done keeps its price and stays out of a supplement. */
const linesOf = (order: Order): readonly Line[] => {
  const latest = order.estimates.at(-1);
  if (!latest) return [];
  const during = order.status === 'inProgress' || order.status === 'onHold';
  const fixed = new Set(
    order.lines
      .filter((line) => ['inWork', 'done', 'dropped'].includes(line.state) || (during && line.state === 'approved'))
      .map((line) => line.lineId),
  );
  return latest.lines.filter((line) => !fixed.has(line.lineId));
};

/** With `prices=today` in the address the lines are asked for as they cost today. */
const useTodaysPrices = (order: Order | null | undefined, workshop: Workshop | undefined) => {
  const [wanted] = useUrlState('prices');
  const isWanted = wanted === 'today';
  const locale = useLocale();
  const partIds = isWanted && order ? partIdsOf(linesOf(order)) : [];
  const query = useQuery({
    queryKey: ['catalogue', partIds],
    queryFn: async () => (await ask(PartsQuery, { partIds: [...partIds] }, locale)).searchParts.edges,
    enabled: partIds.length > 0,
  });
  const latest = order?.estimates.at(-1);
  const prices: TodaysPrices | undefined =
    isWanted && workshop && latest
      ? {
          ratesThen: ratesOn(workshop.rates, dayOf(latest.draftedAt)),
          rates: ratesOn(workshop.rates),
          parts: pricesOn(
            (query.data ?? []).map(({ node }) => node),
            dayOf(Date.now()),
          ),
        }
      : undefined;
  return { prices, query };
};

const samePrice = (line: Line, before: Line | undefined): boolean =>
  before !== undefined && amountOfLine(line) === amountOfLine(before);

export const EstimatePage = ({ id }: { id: string }) => {
  const t = useTranslations('estimate');
  const s = useTranslations('states');
  const r = useTranslations('roles');
  const router = useRouter();
  const { order, query } = useOrder(id);
  const { workshop, query: workshops } = useWorkshop();
  const { prices, query: catalogue } = useTodaysPrices(order, workshop);
  if (query.isPending || workshops.isPending || catalogue.isLoading) return <ListSkeleton />;
  const asked = [query, workshops, catalogue];
  const error = asked.find((one) => one.error)?.error;
  if (error)
    return <Failed error={error as never} onRetry={() => void Promise.all(asked.map((one) => one.refetch()))} />;
  if (!order || !workshop) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  if (!order.allowedCommands.some(({ name }) => name === 'DraftEstimate'))
    return <NoRight who={r('SERVICE_ADVISOR')} />;
  const menu = inForce(workshop.menus);
  const version = (order.estimates.at(-1)?.version ?? 0) + 1;
  const lines = linesOf(order);
  const offered = prices ? lines.map((line) => atTodaysPrices(line, prices)) : lines;
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
      {prices ? (
        <p className="mb-4 rounded-md bg-sunken px-3 py-2 text-sm" data-slot="todays-prices">
          {t('todaysPrices', {
            count: offered.filter((line, index) => !samePrice(line, lines[index])).length,
          })}
        </p>
      ) : null}
      <EstimateEditor
        // A new version begins anew.
        key={version}
        repairOrderId={id}
        version={version}
        start={offered.map(draftOf)}
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
