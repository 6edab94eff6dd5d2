import { totalsOf } from '@cargoro/domain/estimate';
import type { Approval } from './queries.ts';

export type Choice = 'approve' | 'later' | 'decline';
export type Line = Approval['lines'][number];
export type Answers = Readonly<Record<string, Choice>>;
export type Grades = Readonly<Record<string, string>>;

/** The lines that still wait, in the order of the estimate. */
export const pendingOf = (approval: Approval): readonly Line[] =>
  approval.lines.filter((line) => approval.pendingLineIds.includes(line.lineId));

/** What a line costs in the chosen grade. */
export const priceOf = (line: Line, grade: string | undefined): number => {
  const chosen = grade && grade !== line.grade ? line.alternatives?.find((each) => each.grade === grade) : undefined;
  return chosen ? Math.round(chosen.unitPriceKrw * line.qty) : line.amountKrw;
};

/** What the owner agrees to pay, VAT included. */
export const agreedTotals = (lines: readonly Line[], answers: Answers, grades: Grades) =>
  totalsOf(
    lines
      .filter((line) => answers[line.lineId] === 'approve')
      .map((line) => ({
        kind: line.kind,
        qty: 1,
        unitPriceKrw: Math.abs(priceOf(line, grades[line.lineId])),
        taxable: line.taxable,
      })),
  );

export const isUrgent = (approval: Approval, line: Line): boolean =>
  approval.findings.some((finding) => finding.findingId === line.findingId && finding.severity === 'urgent');

/** The party for whom one answers: the person, or the organisation one approves for. */
export const approverOf = (
  approval: Approval,
  viewer: { userId: string; orgId?: string | undefined },
): { kind: 'owner' | 'fleet'; id: string } =>
  viewer.orgId && approval.parties.some((party) => party.kind === 'org' && party.id === viewer.orgId)
    ? { kind: 'fleet', id: viewer.orgId }
    : { kind: 'owner', id: viewer.userId };

export type Step = {
  readonly command: 'ApproveLines' | 'DeclineLines' | 'DeferLines';
  readonly input: Record<string, unknown>;
};

/** The commands an answer means, approval first: an order with one approved line stays open for the others. */
export const stepsOf = (
  approval: Approval,
  answers: Answers,
  {
    grades,
    reason,
    acknowledged,
    approver,
  }: { grades: Grades; reason: string; acknowledged: boolean; approver: { kind: string; id: string } },
): readonly Step[] => {
  const lines = pendingOf(approval);
  const ids = (choice: Choice): string[] =>
    lines.filter((line) => answers[line.lineId] === choice).map((line) => line.lineId);
  const repairOrderId = approval.id;
  const choices = lines.flatMap(({ lineId, grade }) =>
    answers[lineId] === 'approve' && grades[lineId] && grades[lineId] !== grade
      ? [{ lineId, grade: grades[lineId] }]
      : [],
  );
  const steps: Step[] = [
    {
      command: 'ApproveLines',
      input: {
        repairOrderId,
        version: approval.version,
        lineIds: ids('approve'),
        approver,
        method: 'app',
        ...(choices.length > 0 && { choices }),
      },
    },
    { command: 'DeferLines', input: { repairOrderId, lineIds: ids('later'), safetyAcknowledged: acknowledged } },
    {
      command: 'DeclineLines',
      input: { repairOrderId, lineIds: ids('decline'), reason, safetyAcknowledged: acknowledged },
    },
  ];
  return steps.filter(({ input }) => (input.lineIds as string[]).length > 0);
};
