import { describe, expect, it } from 'vitest';
import { agreedTotals, approverOf, isUrgent, pendingOf, priceOf, stepsOf } from './answer.ts';
import type { Approval } from './queries.ts';

const line = (lineId: string, amountKrw: number, more = {}) => ({
  lineId,
  kind: 'fee',
  amountKrw,
  qty: 1,
  grade: null,
  alternatives: null,
  taxable: true,
  findingId: null,
  ...more,
});
const approval = {
  id: 'order',
  version: 2,
  lines: [
    line('pads', 60_000, {
      kind: 'part',
      grade: 'oem',
      findingId: 'f1',
      alternatives: [
        { grade: 'oem', unitPriceKrw: 60_000, partId: null },
        { grade: 'reman', unitPriceKrw: 33_000, partId: null },
      ],
    }),
    line('work', 45_005),
    line('wiper', 10_000),
    line('old', 5_000),
  ],
  pendingLineIds: ['pads', 'work', 'wiper'],
  findings: [{ findingId: 'f1', severity: 'urgent' }],
  parties: [
    { kind: 'user', id: 'kim', as: 'customer' },
    { kind: 'org', id: 'fleet', as: 'payer' },
  ],
} as unknown as Approval;
const rest = { grades: {}, reason: '', acknowledged: false, approver: { kind: 'owner', id: 'kim' } };

describe('The owner’s answer', () => {
  it('is asked only for the lines that wait', () => {
    expect(pendingOf(approval).map(({ lineId }) => lineId)).toEqual(['pads', 'work', 'wiper']);
  });
  it('costs what the chosen grade costs', () => {
    const [pads] = approval.lines;
    expect(priceOf(pads!, 'reman')).toBe(33_000);
    expect(priceOf(pads!, undefined)).toBe(60_000);
    expect(
      agreedTotals(approval.lines, { pads: 'approve', work: 'approve', wiper: 'later' }, { pads: 'reman' }),
    ).toEqual({ supplyKrw: 78_005, vatKrw: 7_800, totalKrw: 85_805 });
  });
  it('becomes one command for each kind of answer, approval first', () => {
    const steps = stepsOf(
      approval,
      { pads: 'approve', work: 'decline', wiper: 'later' },
      { ...rest, grades: { pads: 'reman' }, reason: '비싸요' },
    );
    expect(steps.map(({ command }) => command)).toEqual(['ApproveLines', 'DeferLines', 'DeclineLines']);
    expect(steps[0]?.input).toMatchObject({
      version: 2,
      lineIds: ['pads'],
      choices: [{ lineId: 'pads', grade: 'reman' }],
      method: 'app',
    });
    expect(steps[2]?.input).toMatchObject({ lineIds: ['work'], reason: '비싸요' });
  });
  it('sends nothing for answers nobody gave', () => {
    expect(stepsOf(approval, { pads: 'approve', work: 'approve', wiper: 'approve' }, rest)).toHaveLength(1);
  });
  it('knows urgent lines, and for whom one answers', () => {
    expect(approval.lines.filter((each) => isUrgent(approval, each)).map(({ lineId }) => lineId)).toEqual(['pads']);
    expect(approverOf(approval, { userId: 'kim' })).toEqual({ kind: 'owner', id: 'kim' });
    expect(approverOf(approval, { userId: 'x', orgId: 'fleet' })).toEqual({ kind: 'fleet', id: 'fleet' });
  });
});
