'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CommandForm, type Option } from '../../../kit/command-form.tsx';
import type { Accepted } from '../../../kit/use-command.ts';
import { Checkbox } from '../../../ui/field.tsx';

/** Calling off a repair that was begun: the car is looked at first, for it may stand there in pieces. */
export const CancelForm = ({
  repairOrderId,
  options,
  onDone,
}: {
  repairOrderId: string;
  options: Readonly<Record<string, readonly Option[]>>;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('safeState');
  const [items] = useState(() =>
    t('items')
      .split(',')
      .map((item) => item.trim()),
  );
  const [safe, setSafe] = useState<ReadonlySet<string>>(new Set());
  const [given, setGiven] = useState<Readonly<Record<string, unknown>>>();
  const tick = (item: string, isSafe: boolean): void => {
    const next = new Set(safe);
    if (isSafe) next.add(item);
    else next.delete(item);
    setSafe(next);
    // Made once the last one is ticked, so that the form below keeps what was written in it.
    const isWhole = next.size === items.length;
    setGiven(isWhole ? { repairOrderId, safeState: items.map((each) => ({ item: each, pass: true })) } : undefined);
  };
  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-1">
        <legend className="mb-2 text-ink-soft text-sm">{t('lead')}</legend>
        {items.map((item) => (
          <Checkbox
            key={item}
            label={item}
            checked={safe.has(item)}
            onChange={(event) => tick(item, event.target.checked)}
          />
        ))}
      </fieldset>
      {given ? (
        <CommandForm command="CancelOrder" given={given} options={options} onDone={onDone} />
      ) : (
        <p className="text-sm text-waiting">{t('open', { count: items.length - safe.size })}</p>
      )}
    </div>
  );
};
