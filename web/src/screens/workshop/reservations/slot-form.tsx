'use client';
import type { Locale } from '@cargoro/domain/kit';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { clock, dayName, dayOf } from '../../../kit/format.ts';
import { useViewer } from '../../../kit/runtime.tsx';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { cn } from '../../../ui/cn.ts';
import { Field, Input, Select, Textarea } from '../../../ui/field.tsx';
import { ListSkeleton } from '../../../ui/states.tsx';
import { freeStarts, type Slot } from '../bays/timeline.ts';
import { useBays } from '../bays/use-bays.ts';
import { FormFrame } from '../order/form-frame.tsx';
import { hoursOf, inForce, useStaffOptions, useWorkshop } from '../workshop.ts';
import type { Reservation } from './queries.ts';

const lengths = [30, 60, 90, 120, 180, 240];

type Command = 'ConfirmReservation' | 'ProposeSlot' | 'RescheduleReservation';

/** Chooses a bay and a free start; times the customer wished for are marked. */
export const SlotForm = ({
  command,
  label,
  reservation,
  onDone,
}: {
  command: Command;
  label: string;
  reservation: Reservation;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('slot');
  const f = useTranslations('fields');
  const locale = useLocale() as Locale;
  const viewer = useViewer();
  const { workshop } = useWorkshop();
  const staff = useStaffOptions(workshop);
  const { send, busy, refusal } = useCommand(command);
  const wish = reservation.slot ?? { start: reservation.wanted[0]?.from ?? new Date().toISOString(), bayId: '' };
  const [day, setDay] = useState(dayOf(wish.start));
  const [minutes, setMinutes] = useState<number>();
  const [chosen, setChosen] = useState<{ bayId: string; slot: Slot }>();
  const [advisor, setAdvisor] = useState<string>();
  const [words, setWords] = useState('');
  const { lanes, query } = useBays(workshop, day);
  if (!workshop) return <ListSkeleton rows={5} />;

  const items = inForce(workshop.menus)?.items ?? [];
  const hoursWanted = reservation.services.reduce(
    (sum, { code }) => sum + (items.find((item) => item.serviceCode === code)?.standardHours ?? 0.5),
    0,
  );
  const length = minutes ?? lengths.find((each) => each >= hoursWanted * 60) ?? 240;
  const hours = hoursOf(workshop, day);
  const isWished = ({ start }: Slot): boolean => reservation.wanted.some(({ from, to }) => start >= from && start < to);
  const proposed = reservation.status === 'proposed' && reservation.slot;
  // Until somebody chooses: the proposed slot, else the first free start within the customer's wish.
  // Before the day is known nothing is free.
  const free = query.isPending ? [] : lanes;
  const first = free.flatMap((lane) =>
    freeStarts(lane, day, hours, length, Date.now())
      .filter(isWished)
      .map((slot) => ({ bayId: lane.bayId, slot })),
  )[0];
  const choice =
    chosen ?? (proposed && command === 'ConfirmReservation' ? { bayId: proposed.bayId, slot: proposed } : first);
  const advisorId =
    advisor ??
    staff.advisors.find(({ value }) => value === viewer.userId)?.value ??
    staff.advisors[0]?.value ??
    viewer.userId;

  const submit = async (): Promise<void> => {
    if (!choice) return;
    const accepted = await send({
      reservationId: reservation.id,
      bayId: choice.bayId,
      start: choice.slot.start,
      end: choice.slot.end,
      ...(command === 'ConfirmReservation' && { advisorId }),
      ...(command === 'ProposeSlot' && { note: words.trim() }),
      ...(command === 'RescheduleReservation' && { by: viewer.name.ko, reason: words.trim() }),
    });
    if (accepted) onDone(accepted);
  };

  return (
    <FormFrame
      name={command}
      label={label}
      busy={busy}
      refusal={refusal}
      disabled={!choice}
      onSubmit={() => void submit()}
      aside={
        choice ? (
          <span
            className="text-sm"
            data-slot="chosen-slot"
          >{`${dayName(choice.slot.start, locale)} ${clock(choice.slot.start)}–${clock(choice.slot.end)} · ${lanes.find((lane) => lane.bayId === choice.bayId)?.name ?? ''}`}</span>
        ) : null
      }
    >
      <div className="grid grid-cols-2 gap-4">
        <Field label={f('day')}>
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={day}
              onChange={(event) => {
                setDay(event.target.value);
                setChosen(undefined);
              }}
            />
          )}
        </Field>
        <Field label={t('length')}>
          {(ids) => (
            <Select
              {...ids}
              value={String(length)}
              onChange={(event) => {
                setMinutes(Number(event.target.value));
                setChosen(undefined);
              }}
            >
              {lengths.map((each) => (
                <option key={each} value={each}>
                  {t('minutes', { minutes: each })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <p className="text-ink-soft text-sm">
        {t('wished', {
          times: reservation.wanted
            .map(({ from, to }) => `${dayName(from, locale)} ${clock(from)}–${clock(to)}`)
            .join(', '),
        })}
      </p>
      {hours.length === 0 ? (
        <p className="rounded-md bg-waiting-soft px-3 py-2 text-sm text-waiting">{t('closed')}</p>
      ) : null}
      {query.isPending ? <ListSkeleton rows={3} /> : null}
      <div className="scroll-thin grid max-h-72 gap-3 overflow-y-auto">
        {free.map((lane) => {
          const starts = freeStarts(lane, day, hours, length, Date.now());
          return (
            <fieldset key={lane.bayId} className="min-w-0">
              <legend className="mb-1 font-medium text-sm">{lane.name}</legend>
              <div className="flex flex-wrap gap-1.5">
                {starts.length === 0 ? <span className="text-ink-soft text-sm">{t('full')}</span> : null}
                {starts.map((slot) => {
                  const on = choice?.bayId === lane.bayId && choice.slot.start === slot.start;
                  return (
                    <button
                      key={slot.start}
                      type="button"
                      aria-pressed={on}
                      onClick={() => setChosen({ bayId: lane.bayId, slot })}
                      className={cn(
                        'h-10 rounded-md border border-line px-2.5 text-sm tabular-nums hover:border-line-strong desk:h-8',
                        isWished(slot) && 'border-accent font-semibold text-accent',
                        on && 'bg-accent text-on-accent',
                      )}
                    >
                      {clock(slot.start)}
                      {isWished(slot) ? <span className="sr-only"> {t('isWished')}</span> : null}
                    </button>
                  );
                })}
              </div>
            </fieldset>
          );
        })}
      </div>
      {command === 'ConfirmReservation' ? (
        <Field label={f('advisorId')}>
          {(ids) => (
            <Select {...ids} value={advisorId} onChange={(event) => setAdvisor(event.target.value)}>
              {staff.advisors.map((each) => (
                <option key={each.value} value={each.value}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : (
        <Field label={command === 'ProposeSlot' ? t('noteToCustomer') : f('reason')}>
          {(ids) => <Textarea {...ids} rows={2} value={words} onChange={(event) => setWords(event.target.value)} />}
        </Field>
      )}
    </FormFrame>
  );
};
