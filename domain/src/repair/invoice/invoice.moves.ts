import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  CreditNoteIssued: { issued: 'credited', overdue: 'credited', refunded: 'credited' },
  DebtWrittenOff: { overdue: 'writtenOff' },
  InvoiceDrafted: { none: 'draft' },
  InvoiceIssued: { draft: 'issued' },
  InvoiceOverdue: { issued: 'overdue', partlyPaid: 'overdue' },
  PaymentRecorded: { issued: ['paid', 'partlyPaid'], overdue: ['paid', 'partlyPaid'], partlyPaid: 'paid' },
  PaymentRefunded: { overdue: ['partlyPaid', 'refunded'], paid: ['partlyPaid', 'refunded'], partlyPaid: 'refunded' },
} as const satisfies Moves;
