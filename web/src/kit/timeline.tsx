'use client';
import { useQuery } from '@tanstack/react-query';
import { Bot, History as Clock, Smartphone } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Ago } from '../ui/figures.tsx';
import { Avatar } from '../ui/person.tsx';
import { ListSkeleton } from '../ui/states.tsx';
import { type Entry, type RecordField, readHistory } from './history.ts';
import { useNames } from './names.ts';

export const useHistory = (field: RecordField, id: string, revision: string | undefined) => {
  const locale = useLocale();
  return useQuery({
    queryKey: ['history', field, id, revision ?? ''],
    queryFn: () => readHistory(field, id, locale),
    placeholderData: (before) => before,
  });
};

/** Who did what, when, why, from which device; newest first. */
export const Timeline = ({
  entries,
  chosen,
  onChoose,
  limit,
}: {
  entries: readonly Entry[] | undefined;
  chosen?: string | undefined;
  onChoose?: (revision: string) => void;
  limit?: number;
}) => {
  const event = useTranslations('events');
  const role = useTranslations('roles');
  const reason = useTranslations('enums');
  const t = useTranslations('history');
  const nameOf = useNames();
  if (!entries) return <ListSkeleton rows={4} />;
  const shown = [...entries].reverse().slice(0, limit);
  return (
    <ol className="grid" data-slot="timeline">
      {shown.map((entry) => {
        const person = nameOf(entry.actor.id);
        const who = person ?? role(entry.actor.kind === 'user' ? (entry.actor.role ?? 'ANYONE') : entry.actor.kind);
        const why =
          entry.reasonText ??
          (entry.reasonCode ? (reason.has(entry.reasonCode) ? reason(entry.reasonCode) : entry.reasonCode) : undefined);
        const body = (
          <>
            <span className="relative z-1 mt-0.5 rounded-full bg-surface">
              {entry.actor.kind === 'user' ? (
                <Avatar name={who} className="size-6 text-[9px]" />
              ) : (
                <span className="grid size-6 place-items-center rounded-full bg-idle-soft text-idle">
                  <Bot className="size-3.5" aria-hidden />
                </span>
              )}
            </span>
            <span className="min-w-0 flex-1 pb-4">
              <span className="block font-medium text-sm">
                {event.has(entry.type) ? event(entry.type) : entry.type}
              </span>
              <span className="block text-ink-soft text-xs">
                {who} · <Ago at={entry.occurredAt} />
                {entry.deviceId ? (
                  <>
                    {' · '}
                    <Smartphone className="inline size-3" aria-label={t('device')} /> {entry.deviceId}
                  </>
                ) : null}
              </span>
              {why ? <span className="mt-0.5 block text-ink-soft text-xs">“{why}”</span> : null}
              {entry.deviceId && Date.parse(entry.recordedAt) - Date.parse(entry.occurredAt) > 60_000 ? (
                <span className="mt-0.5 flex items-center gap-1 text-waiting text-xs">
                  <Clock className="size-3" aria-hidden />
                  {t('recordedLater')} <Ago at={entry.recordedAt} />
                </span>
              ) : null}
            </span>
          </>
        );
        const row =
          'relative flex gap-3 before:absolute before:top-2 before:bottom-0 before:left-3 before:w-px before:bg-line last:before:hidden';
        return (
          <li key={entry.eventId} className={row} data-revision={entry.revision}>
            {onChoose ? (
              <button
                type="button"
                aria-pressed={chosen === entry.revision}
                onClick={() => onChoose(entry.revision)}
                className="-mx-2 flex w-full gap-3 rounded-md px-2 pt-1 text-left hover:bg-sunken aria-pressed:bg-accent-soft"
              >
                {body}
              </button>
            ) : (
              body
            )}
          </li>
        );
      })}
    </ol>
  );
};
