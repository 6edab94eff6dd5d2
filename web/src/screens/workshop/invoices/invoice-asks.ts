'use client';
import { useMemo, useState } from 'react';
import type { Ask } from '../../../kit/actions.tsx';
import { dayOf } from '../../../kit/format.ts';
import { newId } from '../../../kit/ids.ts';
import { useViewer } from '../../../kit/runtime.tsx';
import type { Invoice } from './queries.ts';

const twoWeeksMs = 14 * 86_400_000;

/** How the desk asks for what each command of an invoice needs. */
export const useInvoiceAsks = (invoice: Invoice | null | undefined): Readonly<Record<string, Ask>> => {
  const viewer = useViewer();
  // A payment's id is part of the intent: it changes only when the payments have.
  const paid = invoice?.payments.length ?? 0;
  const [paymentIds] = useState(() => new Map<string, string>());
  return useMemo(() => {
    if (!invoice) return {};
    const given = { invoiceId: invoice.id };
    const key = `${invoice.id}.${paid}`;
    const paymentId = paymentIds.get(key) ?? newId();
    paymentIds.set(key, paymentId);
    const today = dayOf(Date.now());
    const refundable = invoice.payments.find((payment) => payment.amountKrw > payment.refundedKrw);
    return {
      IssueInvoice: {
        given,
        start: {
          documentKind: 'cardSlip',
          issuedOn: today,
          dueOn: dayOf(Date.now() + twoWeeksMs),
        },
      },
      RecordPayment: {
        given: { ...given, paymentId },
        start: { method: 'card', amountKrw: invoice.balanceKrw, at: new Date().toISOString() },
      },
      ...(refundable && {
        RefundPayment: {
          given: { ...given, paymentId: refundable.paymentId },
          start: { amountKrw: refundable.amountKrw - refundable.refundedKrw },
        },
      }),
      IssueCreditNote: { given: { ...given, amountKrw: invoice.totalKrw } },
      MarkOverdue: { given, direct: true },
      WriteOff: { given: { ...given, approverId: viewer.userId } },
    };
  }, [invoice, paid, paymentIds, viewer.userId]);
};
