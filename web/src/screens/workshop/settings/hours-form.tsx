'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { dayOf } from '../../../kit/format.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Field, Input } from '../../../ui/field.tsx';
import { FormFrame } from '../order/form-frame.tsx';
import { inForce, type Workshop } from '../workshop.ts';

const days = [1, 2, 3, 4, 5, 6, 0];

/** Opening hours by weekday; an empty day is a closed one. */
export const HoursForm = ({
  label,
  workshop,
  onDone,
}: {
  label: string;
  workshop: Workshop;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('settings');
  const f = useTranslations('fields');
  const { send, busy, refusal } = useCommand('SetHours');
  const now = inForce(workshop.hours);
  const [from, setFrom] = useState(() => dayOf(Date.now()));
  const [spans, setSpans] = useState(() =>
    days.map((weekday) => {
      const all = now?.weekly.filter((span) => span.weekday === weekday) ?? [];
      return { weekday, opens: all[0]?.opens ?? '', closes: all.at(-1)?.closes ?? '' };
    }),
  );
  const change = (weekday: number, part: { opens?: string; closes?: string }): void =>
    setSpans((all) => all.map((span) => (span.weekday === weekday ? { ...span, ...part } : span)));
  const submit = async (): Promise<void> => {
    const weekly = spans.filter(({ opens, closes }) => opens && closes);
    const accepted = await send({
      workshopId: workshop.id,
      weekly,
      holidays: [...(now?.holidays ?? [])],
      effectiveFrom: from,
    });
    if (accepted) onDone(accepted);
  };
  return (
    <FormFrame name="SetHours" label={label} busy={busy} refusal={refusal} onSubmit={() => void submit()}>
      {spans.map(({ weekday, opens, closes }) => (
        <div key={weekday} className="grid grid-cols-[4rem_1fr_1fr] items-center gap-3 text-sm">
          <span>{t(`weekdays.${weekday}`)}</span>
          <Input
            type="time"
            aria-label={`${t(`weekdays.${weekday}`)} ${f('opens')}`}
            value={opens}
            onChange={(event) => change(weekday, { opens: event.target.value })}
          />
          <Input
            type="time"
            aria-label={`${t(`weekdays.${weekday}`)} ${f('closes')}`}
            value={closes}
            onChange={(event) => change(weekday, { closes: event.target.value })}
          />
        </div>
      ))}
      <Field label={f('effectiveFrom')}>
        {(ids) => <Input {...ids} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
    </FormFrame>
  );
};
