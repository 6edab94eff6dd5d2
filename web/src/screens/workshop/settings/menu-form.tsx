'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { dayOf } from '../../../kit/format.ts';
import { newId } from '../../../kit/ids.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox, Field, Input } from '../../../ui/field.tsx';
import { type MenuItem, numberOf } from '../order/estimate-draft.ts';
import { FormFrame } from '../order/form-frame.tsx';

type Draft = { key: string; serviceCode: string; name: string; hours: string; parts: string; estimateExempt: boolean };

/** The next version of the service menu: codes, names, standard hours, parts, and what needs no estimate. */
export const MenuForm = ({
  label,
  workshopId,
  version,
  start,
  onDone,
}: {
  label: string;
  workshopId: string;
  version: number;
  start: readonly MenuItem[];
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('settings');
  const f = useTranslations('fields');
  const { send, busy, refusal } = useCommand('PublishServiceMenu');
  const [from, setFrom] = useState(() => dayOf(Date.now()));
  const [items, setItems] = useState<readonly Draft[]>(() =>
    start.map((item) => ({
      key: item.serviceCode,
      serviceCode: item.serviceCode,
      name: item.name,
      hours: String(item.standardHours),
      parts: item.partsHint.join(', '),
      estimateExempt: item.estimateExempt,
    })),
  );
  const change = (key: string, part: Partial<Draft>): void =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...part } : item)));
  const submit = async (): Promise<void> => {
    const accepted = await send({
      workshopId,
      menuVersion: version,
      effectiveFrom: from,
      items: items.map((item) => ({
        serviceCode: item.serviceCode.trim(),
        name: item.name.trim(),
        standardHours: numberOf(item.hours),
        partsHint: item.parts
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
        estimateExempt: item.estimateExempt,
      })),
    });
    if (accepted) onDone(accepted);
  };
  return (
    <FormFrame
      name="PublishServiceMenu"
      label={label}
      busy={busy}
      refusal={refusal}
      disabled={items.length === 0}
      onSubmit={() => void submit()}
      aside={
        <Button
          onClick={() =>
            setItems([
              ...items,
              { key: newId(), serviceCode: '', name: '', hours: '1', parts: '', estimateExempt: false },
            ])
          }
        >
          <Plus aria-hidden />
          {t('addItem')}
        </Button>
      }
    >
      <ul className="grid gap-2">
        {items.map((item) => (
          <li
            key={item.key}
            className="grid grid-cols-[6rem_minmax(0,1fr)_auto] items-center gap-2 rounded-md border border-line p-2 desk:grid-cols-[6rem_minmax(0,1fr)_4.5rem_minmax(0,1fr)_auto_auto]"
          >
            <Input
              aria-label={f('serviceCode')}
              value={item.serviceCode}
              onChange={(event) => change(item.key, { serviceCode: event.target.value.toUpperCase() })}
            />
            <Input
              aria-label={f('name')}
              value={item.name}
              onChange={(event) => change(item.key, { name: event.target.value })}
            />
            <Input
              aria-label={f('standardHours')}
              inputMode="decimal"
              value={item.hours}
              onChange={(event) => change(item.key, { hours: event.target.value })}
              className="text-right"
            />
            <Input
              aria-label={f('partsHint')}
              placeholder={f('partsHint')}
              value={item.parts}
              onChange={(event) => change(item.key, { parts: event.target.value })}
              className="col-span-2 desk:col-span-1"
            />
            <Checkbox
              label={t('exempt')}
              checked={item.estimateExempt}
              onChange={(event) => change(item.key, { estimateExempt: event.target.checked })}
            />
            <Button
              tone="quiet"
              size="iconSm"
              aria-label={t('removeItem', { name: item.name })}
              onClick={() => setItems(items.filter((each) => each !== item))}
            >
              <Trash2 aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <Field label={f('effectiveFrom')}>
        {(ids) => <Input {...ids} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
    </FormFrame>
  );
};
