import { amountOf } from '@cargoro/domain/estimate';
import type { Tone } from '../../../ui/tone.tsx';

/** A line of a repair order as its page needs it. */
export type Line = {
  readonly lineId: string;
  readonly kind: 'labour' | 'part' | 'sublet' | 'fee' | 'discount';
  readonly name: string | null;
  readonly serviceCode: string | null;
  readonly partId: string | null;
  readonly grade: string | null;
  readonly qty: number;
  readonly hours: number | null;
  readonly rateKrw: number | null;
  readonly unitPriceKrw: number;
  readonly payer: string;
  readonly taxable: boolean;
  readonly findingId: string | null;
  readonly alternatives:
    | readonly { readonly grade: string; readonly unitPriceKrw: number; readonly partId: string | null }[]
    | null;
};

export type Status =
  | 'opened'
  | 'diagnosed'
  | 'awaitingApproval'
  | 'approved'
  | 'declined'
  | 'inProgress'
  | 'onHold'
  | 'qualityCheck'
  | 'inspected'
  | 'completed'
  | 'cancelled'
  | 'closed';

export const statusTone: Record<Status, Tone> = {
  opened: 'idle',
  diagnosed: 'idle',
  awaitingApproval: 'waiting',
  approved: 'running',
  declined: 'problem',
  inProgress: 'running',
  onHold: 'waiting',
  qualityCheck: 'running',
  inspected: 'done',
  completed: 'done',
  cancelled: 'idle',
  closed: 'idle',
};
export const lineTone: Record<string, Tone> = {
  proposed: 'waiting',
  approved: 'running',
  declined: 'idle',
  deferred: 'idle',
  inWork: 'running',
  done: 'done',
  dropped: 'idle',
};
export const severityTone: Record<string, Tone> = { good: 'done', soon: 'waiting', urgent: 'problem' };

/** The command that usually comes next, first; the server still decides which are possible. */
export const nextCommands: Record<Status, readonly string[]> = {
  opened: ['RecordDiagnosis', 'DraftEstimate'],
  diagnosed: ['DraftEstimate', 'SendEstimate'],
  awaitingApproval: ['ApproveLines'],
  approved: ['StartWork'],
  declined: ['DraftEstimate'],
  inProgress: ['FinishWork', 'PauseWork'],
  onHold: ['ResumeWork'],
  qualityCheck: ['PassInspection'],
  inspected: ['CompleteOrder'],
  completed: ['HandOver'],
  cancelled: ['HandOver'],
  closed: [],
};

/** Supply value of a line; its words for the domain's rule, which knows no null. */
export const amountOfLine = (
  line: Pick<Line, 'kind' | 'qty' | 'hours' | 'rateKrw' | 'unitPriceKrw' | 'taxable'>,
): number => amountOf({ ...line, hours: line.hours ?? undefined, rateKrw: line.rateKrw ?? undefined });

/** An estimate that can no longer be answered, whether or not its timer has fired yet. */
export const isExpired = (
  estimate: { readonly state: string; readonly dueAt: string | null } | undefined,
  now: number,
): boolean =>
  estimate?.state === 'expired' ||
  (estimate?.state === 'sent' && estimate.dueAt !== null && Date.parse(estimate.dueAt) < now);

/** Fees and discounts are money only; the other kinds are work somebody has to do. */
export const isWork = ({ kind }: { readonly kind: string }): boolean => kind !== 'fee' && kind !== 'discount';

/** The next command of an order as it stands: while lines are in hand the work is not finished, and a draft wants sending. */
export const nextFor = (order: {
  readonly status: Status;
  readonly lines: readonly { readonly kind: string; readonly state: string }[];
  readonly estimates: readonly { readonly state: string }[];
}): readonly string[] => {
  if (
    order.status === 'inProgress' &&
    order.lines.some((line) => line.state === 'inWork' || (line.state === 'approved' && isWork(line)))
  )
    return order.lines.some((line) => line.state === 'inWork') ? ['PauseWork'] : ['StartWork', 'PauseWork'];
  if ((order.status === 'diagnosed' || order.status === 'opened') && order.estimates.at(-1)?.state === 'draft')
    return ['SendEstimate', 'DraftEstimate'];
  return nextCommands[order.status];
};
