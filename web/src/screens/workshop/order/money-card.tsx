'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Link } from '../../../i18n/navigation.ts';
import { Actions } from '../../../kit/actions.tsx';
import { RefusalText } from '../../../kit/command-form.tsx';
import { newId } from '../../../kit/ids.ts';
import { useCommand } from '../../../kit/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Money } from '../../../ui/figures.tsx';
import { Card, CardHeader } from '../../../ui/layout.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { useInvoiceAsks } from '../invoices/invoice-asks.ts';
import { invoiceTone, nextInvoiceCommands } from '../invoices/model.ts';
import type { Invoice } from '../invoices/queries.ts';
import type { Order } from './queries.ts';
import { billableLines, billableTotals } from './statement.ts';
import { Totals } from './totals.tsx';

/** Agreed, finished, invoiced and paid: the money of a visit, with VAT stated once. */
export const MoneyCard = ({
  order,
  invoice,
  isPast,
}: {
  order: Order;
  invoice: Invoice | undefined;
  isPast: boolean;
}) => {
  const t = useTranslations('money');
  const latest = order.estimates.at(-1);
  const done = order.statement ?? (billableLines(order).length > 0 ? billableTotals(order) : undefined);
  return (
    <Card>
      <CardHeader title={t('title')} />
      <div className="grid gap-3 p-4">
        {done ? (
          <Totals supplyKrw={done.supplyKrw} vatKrw={done.vatKrw} totalKrw={done.totalKrw} />
        ) : latest ? (
          <Totals {...latest} />
        ) : (
          <p className="text-ink-soft text-sm">{t('none')}</p>
        )}
        <p className="text-ink-soft text-xs">
          {done
            ? t(order.statement ? 'ofStatement' : 'ofDone')
            : latest
              ? t('ofEstimate', { version: latest.version })
              : null}
        </p>
        {order.approvedKrw > 0 ? (
          <p className="flex justify-between text-sm">
            <span className="text-ink-soft">{t('approved')}</span>
            <Money krw={order.approvedKrw} />
          </p>
        ) : null}
        {invoice ? <InvoiceLine invoice={invoice} /> : null}
        {!invoice && !isPast && order.status === 'completed' ? <DraftInvoice order={order} /> : null}
      </div>
    </Card>
  );
};

const InvoiceLine = ({ invoice }: { invoice: Invoice }) => {
  const t = useTranslations('money');
  const status = useTranslations('invoiceStatus');
  const asks = useInvoiceAsks(invoice);
  return (
    <div className="grid gap-2 border-line border-t pt-3" data-slot="invoice" data-status={invoice.status}>
      <div className="flex flex-wrap items-center gap-2">
        <Link
          href={`/workshop/invoices/${invoice.id}`}
          className="font-medium text-sm underline-offset-4 hover:underline"
        >
          {t('invoice')} {invoice.number ?? ''}
        </Link>
        <ToneBadge tone={invoiceTone[invoice.status] ?? 'idle'}>{status(invoice.status)}</ToneBadge>
        <span className="ml-auto text-sm">
          {invoice.balanceKrw > 0 ? (
            <>
              {t('balance')} <Money krw={invoice.balanceKrw} strong />
            </>
          ) : null}
        </span>
      </div>
      <Actions allowed={invoice.allowedCommands} order={nextInvoiceCommands} asks={asks} size="sm" />
    </div>
  );
};

/** The invoice is drawn up from the finished work: line by line, with the statement's totals. */
const DraftInvoice = ({ order }: { order: Order }) => {
  const t = useTranslations('money');
  const e = useTranslations('enums');
  const { send, busy, refusal } = useCommand('DraftInvoice');
  const [invoiceId] = useState(newId);
  const totals = billableTotals(order);
  const draft = (): Promise<unknown> =>
    send({
      invoiceId,
      sellerOrgId: order.workshopOrgId,
      payer: order.payer,
      source: { kind: 'repairOrder', id: order.id },
      lines: billableLines(order).map((line) => ({
        lineId: line.lineId,
        text: line.name ?? line.serviceCode ?? e(line.kind),
        supplyKrw: line.amountKrw,
        taxable: line.taxable,
      })),
      ...totals,
    });
  return (
    <div className="grid gap-2 border-line border-t pt-3">
      <Button tone="primary" busy={busy} data-action="DraftInvoice" onClick={() => void draft()}>
        {t('draftInvoice')}
      </Button>
      <RefusalText refusal={refusal} />
    </div>
  );
};
