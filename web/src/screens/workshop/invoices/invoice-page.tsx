'use client';
import { useLocale, useTranslations } from 'next-intl';
import { Link } from '../../../i18n/navigation.ts';
import { Actions } from '../../../kit/actions.tsx';
import { AsOfBanner, HistoryPanel } from '../../../kit/as-of.tsx';
import { documentUrl } from '../../../kit/files.ts';
import { useHistory } from '../../../kit/timeline.tsx';
import { useUrlState } from '../../../kit/url-state.ts';
import { Moment, Money } from '../../../ui/figures.tsx';
import { Card, CardHeader, Facts, PageHeader } from '../../../ui/layout.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { StatusSentence } from '../../../ui/status.tsx';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import { Totals } from '../order/totals.tsx';
import { useInvoiceAsks } from './invoice-asks.ts';
import { invoiceTone, nextInvoiceCommands } from './model.ts';
import type { Invoice } from './queries.ts';
import { useInvoice } from './use-invoice.ts';

export const InvoicePage = ({ id }: { id: string }) => {
  const t = useTranslations('invoice');
  const s = useTranslations('states');
  const h = useTranslations('history');
  const e = useTranslations('enums');
  const status = useTranslations('invoiceStatus');
  const [tab = 'record', setTab] = useUrlState('tab');
  const [revision, setRevision] = useUrlState('at');
  const { invoice, current, query } = useInvoice(id, revision);
  const history = useHistory('invoice', id, current?.revision);
  const asks = useInvoiceAsks(invoice);
  if (query.isPending) return <ListSkeleton />;
  if (query.error) return <Failed error={query.error as never} onRetry={() => void query.refetch()} />;
  if (!invoice) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  const isPast = revision !== undefined;
  return (
    <>
      {isPast ? (
        <AsOfBanner
          entry={history.data?.find((entry) => entry.revision === revision)}
          onReturn={() => setRevision(undefined)}
        />
      ) : null}
      <PageHeader
        title={`${t('title')} ${invoice.number ?? ''}`}
        lead={invoice.documentKind ? e(invoice.documentKind) : undefined}
        actions={
          isPast ? null : (
            <Actions allowed={invoice.allowedCommands} order={nextInvoiceCommands} asks={asks} aggregate="Invoice" />
          )
        }
      />
      <div className="mb-4 text-sm">
        <StatusSentence
          tone={invoiceTone[invoice.status] ?? 'idle'}
          parts={[
            status(invoice.status),
            invoice.balanceKrw > 0 ? (
              <span key="balance">
                {t('balance')} <Money krw={invoice.balanceKrw} />
              </span>
            ) : null,
            invoice.dueOn && invoice.balanceKrw > 0 ? t('dueOn', { day: invoice.dueOn }) : null,
          ]}
        />
      </div>
      <Tabs
        value={tab}
        onChange={(next) => setTab(next === 'record' ? undefined : next)}
        label={t('title')}
        tabs={[
          { id: 'record', label: t('title') },
          { id: 'history', label: h('title') },
        ]}
      >
        <TabPanel id="record">
          <Document invoice={invoice} />
        </TabPanel>
        <TabPanel id="history">
          <HistoryPanel field="invoice" id={id} entries={history.data} revision={revision} onChoose={setRevision} />
        </TabPanel>
      </Tabs>
    </>
  );
};

export const Document = ({ invoice }: { invoice: Invoice }) => {
  const locale = useLocale();
  const t = useTranslations('invoice');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  return (
    <div className="grid grid-cols-1 gap-4 desk:grid-cols-[minmax(0,1fr)_20rem] desk:items-start">
      <Card>
        <CardHeader title={t('lines')} />
        <ul className="divide-y divide-line px-4 text-sm">
          {invoice.lines.map((line) => (
            <li key={line.lineId} className="flex gap-3 py-2.5">
              <span className="min-w-0 flex-1">{line.text}</span>
              <Money krw={line.supplyKrw} />
            </li>
          ))}
        </ul>
        <div className="border-line border-t px-4 py-3">
          <Totals {...invoice} />
        </div>
      </Card>
      <div className="grid gap-4">
        <Card className="p-4">
          <Facts
            items={[
              [f('payer'), e(invoice.payer.kind)],
              [
                f('document'),
                <a
                  key="pdf"
                  href={documentUrl('invoice', invoice.id, locale)}
                  target="_blank"
                  rel="noreferrer"
                  className="text-accent underline underline-offset-4"
                >
                  {invoice.number ?? t('title')} (PDF)
                </a>,
              ],
              [f('issuedOn'), invoice.issuedOn ?? '–'],
              [f('dueOn'), invoice.dueOn ?? '–'],
              invoice.source.kind === 'repairOrder'
                ? [
                    f('source'),
                    <Link
                      key="source"
                      href={`/workshop/orders/${invoice.source.id}`}
                      className="text-accent underline underline-offset-4"
                    >
                      {e('repairOrder')}
                    </Link>,
                  ]
                : null,
              invoice.sha256
                ? [
                    f('sha256'),
                    <code key="sha" title={invoice.sha256} className="text-xs">
                      {invoice.sha256.slice(0, 16)}…
                    </code>,
                  ]
                : null,
            ]}
          />
        </Card>
        <Card>
          <CardHeader title={f('payments')} />
          {invoice.payments.length === 0 ? <p className="px-4 py-4 text-ink-soft text-sm">{t('noPayments')}</p> : null}
          <ul className="divide-y divide-line px-4 text-sm">
            {invoice.payments.map((payment) => (
              <li key={payment.paymentId} className="flex flex-wrap gap-x-3 py-2.5">
                <span className="flex-1">{e(payment.method)}</span>
                <Money krw={payment.amountKrw} strong />
                <span className="w-full text-ink-soft text-xs">
                  <Moment at={payment.at} />
                  {payment.externalRef ? ` · ${payment.externalRef}` : ''}
                  {payment.refundedKrw > 0 ? (
                    <>
                      {' '}
                      · {t('refunded')} <Money krw={payment.refundedKrw} />
                    </>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
};
