'use client';
import { ArrowLeft, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Link } from '../../i18n/navigation.ts';
import { RefusalText } from '../../kit/command-form.tsx';
import { useViewer } from '../../kit/runtime.tsx';
import { useCommand } from '../../kit/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { Countdown, Money } from '../../ui/figures.tsx';
import { Plate, plateColour } from '../../ui/plate.tsx';
import { Empty, Failed, ListSkeleton } from '../../ui/states.tsx';
import { Totals } from '../workshop/order/totals.tsx';
import { type Answers, agreedTotals, approverOf, type Grades, isUrgent, pendingOf, stepsOf } from './answer.ts';
import { ApproveLine } from './approve-line.tsx';
import type { Approval } from './queries.ts';
import { useApproval, useInbox, useWorkshops } from './use-garage.ts';

/** An estimate answered line by line: price and reason, 승인 · 보류 · 거절, one button in reach of the thumb. */
export const ApprovePage = ({ id }: { id: string }) => {
  const t = useTranslations('approve');
  const s = useTranslations('states');
  // The inbox is live: a new version or an answer given elsewhere arrives here.
  useInbox();
  const query = useApproval(id);
  if (query.isPending) return <ListSkeleton rows={4} />;
  if (query.error) return <Failed error={query.error as never} onRetry={() => void query.refetch()} />;
  const approval = query.data;
  if (!approval) return <Empty title={s('notFound')} text={s('notFoundText')} />;
  if (!approval.waiting)
    return (
      <Empty icon={CircleCheck} title={t('answered')} text={t('answeredText')}>
        <p className="w-full text-center" data-slot="approved-total">
          {t('approvedTotal')} <Money krw={approval.approvedKrw} strong />
        </p>
        <Button asChild>
          <Link href="/garage">{t('toGarage')}</Link>
        </Button>
      </Empty>
    );
  // A new version is a new question.
  return <Sheet key={approval.version} approval={approval} />;
};

const Sheet = ({ approval }: { approval: Approval }) => {
  const t = useTranslations('approve');
  const viewer = useViewer();
  const workshops = useWorkshops();
  const approve = useCommand('ApproveLines');
  const decline = useCommand('DeclineLines');
  const defer = useCommand('DeferLines');
  const [answers, setAnswers] = useState<Answers>({});
  const [grades, setGrades] = useState<Grades>({});
  const [reason, setReason] = useState('');
  const [acknowledged, setAcknowledged] = useState(false);
  const lines = pendingOf(approval);
  const open = lines.filter((line) => !answers[line.lineId]).length;
  const approved = lines.filter((line) => answers[line.lineId] === 'approve').length;
  const declines = lines.some((line) => answers[line.lineId] === 'decline');
  const risky = lines.some(
    (line) => isUrgent(approval, line) && (answers[line.lineId] === 'decline' || answers[line.lineId] === 'later'),
  );
  const totals = agreedTotals(lines, answers, grades);
  const workshop = workshops.find((each) => each.id === approval.workshopId);
  const refusal = approve.refusal ?? defer.refusal ?? decline.refusal;
  const ready = open === 0 && (!risky || acknowledged) && (!declines || reason.trim() !== '');

  const submit = async (): Promise<void> => {
    const senders = { ApproveLines: approve, DeclineLines: decline, DeferLines: defer };
    for (const { command, input } of stepsOf(approval, answers, {
      grades,
      reason: reason.trim(),
      acknowledged,
      approver: approverOf(approval, viewer),
    }))
      if (!(await senders[command].send(input))) return;
  };

  return (
    <div className="mx-auto grid max-w-xl gap-4 pb-32 desk:pb-0">
      <header className="grid gap-2">
        <Button asChild tone="quiet" size="sm" className="-ml-2 w-fit">
          <Link href="/garage/approvals">
            <ArrowLeft aria-hidden />
            {t('back')}
          </Link>
        </Button>
        <h1 className="font-bold text-xl tracking-tight">{t(approval.supplement ? 'titleSupplement' : 'title')}</h1>
        <p className="flex flex-wrap items-center gap-2 text-body">
          <Plate plate={approval.plate} colour={plateColour(approval.plate)} />
          <span className="text-ink-soft">{[approval.model, workshop?.name].filter(Boolean).join(' · ')}</span>
        </p>
        {approval.dueAt ? (
          <p className="rounded-md bg-waiting-soft px-3 py-2 text-waiting">
            {t('answerBy')}{' '}
            <strong className="font-semibold">
              <Countdown at={approval.dueAt} over={t('over')} />
            </strong>
          </p>
        ) : null}
      </header>
      <Button
        className="h-12 desk:h-10"
        onClick={() => setAnswers(Object.fromEntries(lines.map((line) => [line.lineId, 'approve'])))}
      >
        {t('approveAll')}
      </Button>
      <ol className="grid gap-3">
        {lines.map((line) => (
          <ApproveLine
            key={line.lineId}
            approval={approval}
            line={line}
            answer={answers[line.lineId]}
            grade={grades[line.lineId]}
            onAnswer={(answer) => setAnswers((all) => ({ ...all, [line.lineId]: answer }))}
            onGrade={(grade) => setGrades((all) => ({ ...all, [line.lineId]: grade }))}
          />
        ))}
      </ol>
      {declines ? (
        <Field label={t('reason')}>
          {(ids) => (
            <Input {...ids} list="decline-reasons" value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      ) : null}
      <datalist id="decline-reasons">
        {t('reasons')
          .split(',')
          .map((each) => (
            <option key={each} value={each.trim()} />
          ))}
      </datalist>
      {risky ? (
        <div className="rounded-md bg-problem-soft px-4 py-2 text-problem">
          <Checkbox
            label={t('acknowledge')}
            checked={acknowledged}
            onChange={(event) => setAcknowledged(event.target.checked)}
          />
        </div>
      ) : null}
      <Totals {...totals} />
      <RefusalText refusal={refusal} />
      <div className="fixed inset-x-0 bottom-15 z-20 border-line border-t bg-surface px-4 py-2.5 desk:static desk:border-0 desk:bg-transparent desk:p-0">
        <Button
          tone="primary"
          size="thumb"
          data-primary
          busy={approve.busy || decline.busy || defer.busy}
          disabled={!ready}
          onClick={() => void submit()}
        >
          {open > 0
            ? t('left', { count: open })
            : approved > 0
              ? t('submit', { count: approved, total: `₩${totals.totalKrw.toLocaleString('en-US')}` })
              : t('submitNone')}
        </Button>
      </div>
    </div>
  );
};
