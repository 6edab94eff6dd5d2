'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Option } from '../../../kit/command-form.tsx';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { Money } from '../../../ui/figures.tsx';
import { numberOf } from './estimate-draft.ts';
import { FormFrame } from './form-frame.tsx';
import type { Order } from './queries.ts';
import { billableLines, billableTotals, fingerprint, statementOf } from './statement.ts';
import { Totals } from './totals.tsx';

/** Completes the order: the statement is shown as it will be printed, and its fingerprint goes into the record. */
export const CompleteForm = ({
  label,
  order,
  mechanics,
  onDone,
}: {
  label: string;
  order: Order;
  mechanics: readonly Option[];
  onDone: (accepted: Accepted) => void;
}) => {
  const f = useTranslations('fields');
  const t = useTranslations('statement');
  const e = useTranslations('enums');
  const { send, busy, refusal } = useCommand('CompleteOrder');
  const [odometer, setOdometer] = useState(String(order.odometerInKm));
  const [mechanic, setMechanic] = useState(order.technicianId ?? mechanics[0]?.value ?? '');
  const [number, setNumber] = useState(`ST-${order.number}`);
  const submit = async (): Promise<void> => {
    const values = {
      odometerOutKm: Math.round(numberOf(odometer)),
      statementNo: number.trim(),
      responsibleMechanicId: mechanic,
    };
    const accepted = await send({
      repairOrderId: order.id,
      ...values,
      statementSha256: await fingerprint(statementOf(order, values)),
    });
    if (accepted) onDone(accepted);
  };
  return (
    <FormFrame name="CompleteOrder" label={label} busy={busy} refusal={refusal} onSubmit={() => void submit()}>
      <section aria-label={t('title')} className="rounded-md border border-line p-3">
        <ul className="mb-3 divide-y divide-line">
          {billableLines(order).map((line) => (
            <li key={line.lineId} className="flex gap-3 py-1.5 text-sm">
              <span className="min-w-0 flex-1">{line.name ?? line.serviceCode ?? e(line.kind)}</span>
              <Money krw={line.amountKrw} />
            </li>
          ))}
        </ul>
        <Totals {...billableTotals(order)} />
      </section>
      <div className="grid gap-4 desk:grid-cols-2">
        <Field label={f('statementNo')}>
          {(ids) => <Input {...ids} value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={f('odometerOutKm')}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={odometer}
              onChange={(event) => setOdometer(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={f('responsibleMechanicId')} hint={t('responsibleHint')}>
        {(ids) => (
          <Select {...ids} value={mechanic} onChange={(event) => setMechanic(event.target.value)}>
            {mechanics.map((each) => (
              <option key={each.value} value={each.value}>
                {each.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormFrame>
  );
};
