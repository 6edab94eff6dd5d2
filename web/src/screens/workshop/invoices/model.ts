import type { Tone } from '../../../ui/tone.tsx';

export const invoiceTone: Record<string, Tone> = {
  draft: 'idle',
  issued: 'waiting',
  partlyPaid: 'waiting',
  overdue: 'problem',
  paid: 'done',
  refunded: 'idle',
  credited: 'idle',
  writtenOff: 'idle',
};
export const nextInvoiceCommands = ['IssueInvoice', 'RecordPayment'];
