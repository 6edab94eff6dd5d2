'use client';
import type { AnyAggregate, Locale } from '@cargoro/domain/kit';
import { Lock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { MenuItem, MenuLabel } from '../ui/overlay.tsx';
import type { Allowed } from './actions.tsx';
import { loadAggregates } from './commands.ts';
import { useViewer } from './runtime.tsx';

/** Records whose menus tell what is not possible now, with the messages that name their states. */
export const statusWords = {
  RepairOrder: 'orderStatus',
  Reservation: 'reservationStatus',
  Invoice: 'invoiceStatus',
  Workshop: 'workshopStatus',
} as const;
export type RecordName = keyof typeof statusWords;

/** What this role may do with such a record in another state, and in which. */
export const BlockedItems = ({ aggregate, allowed }: { aggregate: RecordName; allowed: readonly Allowed[] }) => {
  const t = useTranslations('common');
  const status = useTranslations(statusWords[aggregate]);
  const locale = useLocale() as Locale;
  const { role } = useViewer();
  const [def, setDef] = useState<AnyAggregate>();
  useEffect(() => {
    void loadAggregates().then((all) => setDef(all.find(({ name }) => name === aggregate)));
  }, [aggregate]);
  const blocked = Object.entries(def?.commands ?? {}).filter(
    ([name, command]) =>
      !command.internal &&
      !command.in.includes('none') &&
      !allowed.some((each) => each.name === name) &&
      command.by.some((grant) => grant.roles.includes(role)),
  );
  if (blocked.length === 0) return null;
  return (
    <>
      <MenuLabel>{t('notNow')}</MenuLabel>
      {blocked.map(([name, command]) => (
        <MenuItem
          key={name}
          aria-disabled
          onSelect={(event) => event.preventDefault()}
          className="items-start text-ink-soft"
        >
          <Lock className="mt-0.5" aria-hidden />
          <span>
            {command.label[locale]}
            <span className="block text-xs">
              {t('possibleIn', {
                states: command.in.map((state) => (status.has(state) ? status(state) : state)).join(', '),
              })}
            </span>
          </span>
        </MenuItem>
      ))}
    </>
  );
};
