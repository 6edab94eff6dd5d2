'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { cn } from '../../../ui/cn.ts';
import { Input, Select } from '../../../ui/field.tsx';
import { Money } from '../../../ui/figures.tsx';
import { amountOfDraft, type DraftLine, type Grade, grades } from './estimate-draft.ts';

/** Enter goes down the same column, as in a spreadsheet. */
const goDown = (event: KeyboardEvent<HTMLElement>): void => {
  const target = event.target as HTMLElement;
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || !target.dataset.cell) return;
  event.preventDefault();
  const cells = [
    ...(target.closest('ol')?.querySelectorAll<HTMLInputElement>(`[data-cell="${target.dataset.cell}"]`) ?? []),
  ];
  cells[cells.indexOf(target as HTMLInputElement) + 1]?.focus();
};

const Cell = ({
  label,
  suffix,
  ...rest
}: { label: string; suffix?: string } & React.ComponentProps<'input'> & { 'data-cell': string }) => (
  <label className="grid gap-0.5">
    <span className="text-ink-soft text-xs">{label}</span>
    <span className="relative">
      <Input className={cn('text-right', suffix && 'pr-8')} inputMode="decimal" autoComplete="off" {...rest} />
      {suffix ? (
        <span className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-soft text-xs">
          {suffix}
        </span>
      ) : null}
    </span>
  </label>
);

export const EstimateRow = ({
  line,
  findings,
  onChange,
  children,
}: {
  line: DraftLine;
  findings: readonly { readonly findingId: string; readonly system: string }[];
  onChange: (part: Partial<DraftLine>) => void;
  children: ReactNode;
}) => {
  const t = useTranslations('estimate');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  const radio = useId();
  const set = (name: keyof DraftLine) => (event: { target: { value: string } }) =>
    onChange({ [name]: event.target.value });
  return (
    <li className="grid gap-2 px-4 py-3" onKeyDown={goDown} data-kind={line.kind}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
        <label className="grid gap-0.5">
          <span className="text-ink-soft text-xs">
            {e(line.kind)}
            {line.serviceCode ? ` · ${line.serviceCode}` : ''}
          </span>
          <Input data-cell="name" value={line.name} placeholder={t('namePlaceholder')} onChange={set('name')} />
        </label>
        {children}
      </div>
      <div className="grid grid-cols-2 items-end gap-2 desk:grid-cols-[6rem_8rem_9rem_minmax(0,1fr)_auto]">
        <Cell data-cell="qty" label={f('qty')} value={line.qty} onChange={set('qty')} />
        {line.kind === 'labour' ? (
          <>
            <Cell data-cell="hours" label={f('hours')} suffix="h" value={line.hours} onChange={set('hours')} />
            <Cell data-cell="rate" label={f('rateKrw')} suffix="₩" value={line.rateKrw} onChange={set('rateKrw')} />
          </>
        ) : line.kind === 'part' ? null : (
          <Cell
            data-cell="price"
            label={f('unitPriceKrw')}
            suffix="₩"
            value={line.unitPriceKrw}
            onChange={set('unitPriceKrw')}
          />
        )}
        {findings.length > 0 ? (
          <label className="grid gap-0.5 desk:max-w-52">
            <span className="text-ink-soft text-xs">{f('findingId')}</span>
            <Select
              value={line.findingId ?? ''}
              onChange={(event) => onChange({ findingId: event.target.value || undefined })}
            >
              <option value="">–</option>
              {findings.map((finding) => (
                <option key={finding.findingId} value={finding.findingId}>
                  {finding.system}
                </option>
              ))}
            </Select>
          </label>
        ) : null}
        <p className="col-start-2 pb-1.5 text-right desk:col-start-5" data-slot="line-amount">
          <Money krw={amountOfDraft(line)} strong />
        </p>
      </div>
      {line.kind === 'part' ? (
        <fieldset className="grid grid-cols-2 gap-2 desk:grid-cols-4">
          <legend className="sr-only">{t('gradeChoice', { name: line.name })}</legend>
          {grades.map((grade: Grade) => (
            <div
              key={grade}
              className={cn(
                'grid gap-1 rounded-md border border-line p-2',
                line.grade === grade && 'border-accent bg-accent-soft',
              )}
            >
              <label className="flex items-center gap-1.5 text-sm">
                <input
                  type="radio"
                  name={radio}
                  checked={line.grade === grade}
                  onChange={() => onChange({ grade })}
                  className="accent-accent"
                />
                {e(grade)}
              </label>
              <Input
                className="h-9 text-right desk:h-8"
                inputMode="numeric"
                data-cell={`grade-${grade}`}
                aria-label={t('priceOfGrade', { grade: e(grade), name: line.name })}
                placeholder={t('notOffered')}
                value={line.prices[grade]}
                onChange={(event) => onChange({ prices: { ...line.prices, [grade]: event.target.value } })}
              />
            </div>
          ))}
        </fieldset>
      ) : null}
    </li>
  );
};
