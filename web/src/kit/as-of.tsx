'use client';
import type { Locale } from '@cargoro/domain/kit';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight, History, Undo2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader } from '../ui/layout.tsx';
import { exact } from './format.ts';
import { type Entry, type FieldChange, type RecordField, readDiff } from './history.ts';
import { useNames } from './names.ts';
import { Timeline } from './timeline.tsx';

/** Across the page while it shows the past; the actions are away. */
export const AsOfBanner = ({ entry, onReturn }: { entry: Entry | undefined; onReturn: () => void }) => {
  const t = useTranslations('history');
  const event = useTranslations('events');
  const locale = useLocale() as Locale;
  return (
    <div
      role="status"
      data-slot="as-of"
      className="sticky top-13 z-20 -mx-4 mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 bg-waiting-soft px-4 py-2 text-waiting desk:-mx-6 desk:px-6"
    >
      <History className="size-4" aria-hidden />
      <p className="min-w-0 flex-1 text-sm">
        <strong className="font-semibold">{t('past')}</strong>
        {entry
          ? ` · ${exact(entry.recordedAt, locale)} · ${event.has(entry.type) ? event(entry.type) : entry.type}`
          : ''}
      </p>
      <Button size="sm" onClick={onReturn}>
        <Undo2 aria-hidden />
        {t('returnToNow')}
      </Button>
    </div>
  );
};

/** The record's events with a slider to any moment, and what has changed since that moment. */
export const HistoryPanel = ({
  field,
  id,
  entries,
  revision,
  onChoose,
}: {
  field: RecordField;
  id: string;
  entries: readonly Entry[] | undefined;
  revision: string | undefined;
  onChoose: (revision: string | undefined) => void;
}) => {
  const t = useTranslations('history');
  const locale = useLocale() as Locale;
  const last = entries?.at(-1)?.revision;
  const at = entries?.findIndex((entry) => entry.revision === revision) ?? -1;
  const diff = useQuery({
    queryKey: ['diff', field, id, revision, last],
    queryFn: () => readDiff(field, id, revision ?? '0', last ?? '0', locale),
    enabled: revision !== undefined && last !== undefined && revision !== last,
  });
  const count = entries?.length ?? 0;
  const choose = (index: number): void => onChoose(index >= count - 1 ? undefined : entries?.[index]?.revision);
  const value = at < 0 ? count - 1 : at;
  const shown = entries?.[value];
  return (
    <div className="grid grid-cols-1 gap-4 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] desk:items-start">
      <Card>
        <CardHeader
          title={t('events')}
          aside={<span className="text-ink-soft text-sm">{t('count', { count })}</span>}
        />
        <div className="border-line border-b px-4 py-3">
          <label className="grid gap-1.5 text-sm">
            <span className="flex justify-between gap-3">
              <span className="font-medium">{t('moment')}</span>
              <span className="text-ink-soft">{shown ? exact(shown.recordedAt, locale) : ''}</span>
            </span>
            <input
              type="range"
              min={0}
              max={Math.max(count - 1, 0)}
              value={Math.max(value, 0)}
              disabled={count < 2}
              aria-valuetext={shown ? exact(shown.recordedAt, locale) : undefined}
              onChange={(event) => choose(Number(event.target.value))}
              className="h-6 w-full accent-accent"
              data-slot="as-of-slider"
            />
          </label>
        </div>
        <div className="scroll-thin max-h-[60vh] overflow-y-auto px-4 pt-3">
          <Timeline
            entries={entries}
            chosen={revision ?? last}
            onChoose={(next) => onChoose(next === last ? undefined : next)}
          />
        </div>
      </Card>
      <Card>
        <CardHeader
          title={t('changes')}
          aside={<span className="text-ink-soft text-sm">{revision ? t('sinceThen') : ''}</span>}
        />
        {revision ? (
          <Changes field={field} changes={diff.data} />
        ) : (
          <p className="px-4 py-6 text-ink-soft text-sm">{t('chooseMoment')}</p>
        )}
      </Card>
    </div>
  );
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const stateWords = {
  repairOrder: 'orderStatus',
  reservation: 'reservationStatus',
  invoice: 'invoiceStatus',
  workshop: 'workshopStatus',
} as const;

/** A value as people say it: states and choices by their words, people by name, a thing by what it holds. */
const useWords = (field: RecordField): ((value: unknown) => string) => {
  const state = useTranslations(stateWords[field]);
  const line = useTranslations('lineStatus');
  const word = useTranslations('enums');
  const c = useTranslations('common');
  const nameOf = useNames();
  const say = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'boolean') return value ? c('yes') : c('no');
    if (typeof value === 'string') {
      if (uuid.test(value)) return nameOf(value) ?? value.slice(0, 8);
      const words = [state, line, word].find((each) => each.has(value));
      return words ? words(value) : value;
    }
    if (Array.isArray(value)) return value.map(say).join(', ') || '–';
    if (typeof value !== 'object') return String(value);
    const parts = Object.entries(value).filter(
      ([key, part]) => !/(Id|sha256)$/.test(key) && part !== null && part !== '' && typeof part !== 'object',
    );
    return parts.map(([, part]) => say(part)).join(' · ') || '–';
  };
  return say;
};

const Changes = ({ field, changes }: { field: RecordField; changes: readonly FieldChange[] | undefined }) => {
  const t = useTranslations('history');
  const label = useTranslations('fields');
  const say = useWords(field);
  if (!changes) return <p className="px-4 py-6 text-ink-soft text-sm">…</p>;
  if (changes.length === 0) return <p className="px-4 py-6 text-ink-soft text-sm">{t('noChanges')}</p>;
  return (
    <dl className="scroll-thin max-h-[70vh] divide-y divide-line overflow-y-auto text-sm" data-slot="diff">
      {changes.map(({ path, before, after }) => {
        const named = path.split(/[.[\]]+/).filter((part) => part !== '' && !uuid.test(part) && !/^\d+$/.test(part));
        return (
          <div key={path} className="grid gap-0.5 px-4 py-2.5">
            <dt className="font-medium" title={path}>
              {named.map((part) => (label.has(part) ? label(part) : part)).join(' › ')}
            </dt>
            <dd className="flex flex-wrap items-baseline gap-1.5 [overflow-wrap:anywhere]">
              <del className="line-clamp-3 w-fit max-w-full rounded-sm bg-problem-soft px-1 text-problem no-underline">
                {say(before)}
              </del>
              <ArrowRight className="size-3.5 shrink-0 self-center text-ink-soft" aria-hidden />
              <ins className="line-clamp-3 w-fit max-w-full rounded-sm bg-done-soft px-1 text-done no-underline">
                {say(after)}
              </ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
};
