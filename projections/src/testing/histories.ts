import type { AnyEvent } from '@cargoro/domain';

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const seller = uuid(9_001);
export const payer = uuid(9_002);
const total = 110_000;

/** Payments and refunds on one invoice of 110,000 won: `steps` > 0 pays at most what is owed, < 0 refunds the last payment. */
export const invoiceHistory = (invoiceId: string, steps: readonly number[] = [total]): readonly AnyEvent[] => {
  const events: AnyEvent[] = [drafted(invoiceId), issued(invoiceId)];
  let balanceKrw = total;
  let last = { paymentId: '', amountKrw: 0 };
  for (const [index, step] of steps.entries()) {
    const amountKrw = step > 0 ? Math.min(step, balanceKrw) : Math.min(-step, last.amountKrw);
    if (amountKrw === 0) continue;
    if (step > 0) {
      last = { paymentId: uuid(100 + index), amountKrw };
      balanceKrw -= amountKrw;
      const data = { invoiceId, ...last, method: 'card', at: '2025-06-30T01:00:00Z', balanceKrw };
      events.push({ type: 'PaymentRecorded', data });
    } else {
      balanceKrw += amountKrw;
      const data = { invoiceId, paymentId: last.paymentId, amountKrw, reason: '취소', balanceKrw };
      events.push({ type: 'PaymentRefunded', data });
      last = { ...last, amountKrw: last.amountKrw - amountKrw };
    }
  }
  return events;
};

const drafted = (invoiceId: string): AnyEvent => ({
  type: 'InvoiceDrafted',
  data: {
    invoiceId,
    sellerOrgId: seller,
    payer: { kind: 'owner', id: payer },
    source: { kind: 'repairOrder', id: invoiceId },
    lines: [{ lineId: uuid(1), text: '브레이크 패드 "앞"\\뒤\n탭\t', supplyKrw: 100_000, taxable: true }],
    supplyKrw: 100_000,
    vatKrw: 10_000,
    totalKrw: total,
    parties: [
      { kind: 'org', id: seller, as: 'seller' },
      { kind: 'user', id: payer, as: 'payer' },
    ],
  },
});
const issued = (invoiceId: string): AnyEvent => ({
  type: 'InvoiceIssued',
  data: {
    invoiceId,
    number: 'INV-1',
    documentKind: 'cardSlip',
    issuedOn: '2025-06-30',
    dueOn: '2025-06-30',
    sha256: 'a'.repeat(64),
  },
});
