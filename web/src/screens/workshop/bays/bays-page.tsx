'use client';
import type { Locale } from '@cargoro/domain/kit';
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRouter } from '../../../i18n/navigation.ts';
import { CommandForm } from '../../../kit/command-form.tsx';
import { clock, dayName, dayOf } from '../../../kit/format.ts';
import { newId } from '../../../kit/ids.ts';
import { useNow } from '../../../kit/now.ts';
import { useViewer } from '../../../kit/runtime.tsx';
import { fromLocalMoment } from '../../../kit/schema-fields.ts';
import { useUrlState } from '../../../kit/url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/layout.tsx';
import { Dialog } from '../../../ui/overlay.tsx';
import { Empty, Failed, ListSkeleton } from '../../../ui/states.tsx';
import { hoursOf, useWorkshop } from '../workshop.ts';
import { BayGrid } from './bay-grid.tsx';
import { type Block, type Place, shiftDay } from './timeline.ts';
import { useBayLabels } from './use-bay-labels.ts';
import { useBays } from './use-bays.ts';

/** Bays by hours: what is held, booked, in use and blocked on a day. */
export const BaysPage = () => {
  const t = useTranslations('bays');
  const n = useTranslations('nav');
  const c = useTranslations('common');
  const locale = useLocale() as Locale;
  const router = useRouter();
  const now = useNow();
  const today = dayOf(now || Date.now());
  const [day = today, setDay] = useUrlState('day');
  const { workshop, query: workshops } = useWorkshop();
  const { lanes, query } = useBays(workshop, day);
  const labelled = useBayLabels(lanes, workshop?.id);
  const [blocking, setBlocking] = useState<{ bayId: string; blockId: string }>();
  const [moving, setMoving] = useState<{ block: Block; to: Place }>();
  const viewer = useViewer();
  const go = (to: string): void => setDay(to === today ? undefined : to);
  if (workshops.isPending || (workshop && query.isPending)) return <ListSkeleton />;
  const error = workshops.error ?? query.error;
  if (error) return <Failed error={error as never} onRetry={() => void query.refetch()} />;
  if (!workshop || lanes.length === 0) return <Empty title={t('emptyTitle')} text={t('emptyText')} />;
  return (
    <>
      <PageHeader
        quiet
        title={n('bays')}
        lead={dayName(day, locale)}
        actions={
          <>
            <Button size="icon" aria-label={c('previous')} onClick={() => go(shiftDay(day, -1))}>
              <ChevronLeft aria-hidden />
            </Button>
            <Button onClick={() => setDay(undefined)} disabled={day === today}>
              {c('today')}
            </Button>
            <Button size="icon" aria-label={c('next')} onClick={() => go(shiftDay(day, 1))}>
              <ChevronRight aria-hidden />
            </Button>
            <Button onClick={() => setBlocking({ bayId: lanes[0]?.bayId ?? '', blockId: newId() })}>
              <Plus aria-hidden />
              {t('block')}
            </Button>
          </>
        }
      />
      <BayGrid
        lanes={labelled}
        day={day}
        hours={hoursOf(workshop, day)}
        now={day === today ? now : 0}
        landing={moving?.to}
        onOpen={(href) => router.push(href)}
        onMove={(block, to) =>
          (to.start !== block.start ||
            !labelled.some((lane) => lane.bayId === to.bayId && lane.blocks.includes(block))) &&
          setMoving({ block, to })
        }
      />
      {moving ? (
        <Dialog
          open
          onOpenChange={(open) => !open && setMoving(undefined)}
          title={t('move', { name: moving.block.plate ?? moving.block.label })}
          lead={t('moveLead', {
            bay: lanes.find(({ bayId }) => bayId === moving.to.bayId)?.name ?? '',
            time: `${clock(moving.to.start)}–${clock(moving.to.end)}`,
          })}
          closeLabel={c('close')}
        >
          <CommandForm
            command="RescheduleReservation"
            given={{ reservationId: moving.block.moves, ...moving.to, by: viewer.name.ko }}
            onDone={() => setMoving(undefined)}
          />
        </Dialog>
      ) : null}
      {blocking ? (
        <Dialog
          open
          onOpenChange={(open) => !open && setBlocking(undefined)}
          title={t('block')}
          lead={t('blockLead')}
          closeLabel={c('close')}
        >
          <CommandForm
            command="BlockTime"
            given={{ workshopId: workshop.id, day, blockId: blocking.blockId }}
            start={{
              bayId: blocking.bayId,
              start: fromLocalMoment(`${day}T12:00`),
              end: fromLocalMoment(`${day}T13:00`),
            }}
            options={{ bayId: lanes.map((lane) => ({ value: lane.bayId, label: lane.name })) }}
            onDone={() => setBlocking(undefined)}
          />
        </Dialog>
      ) : null}
    </>
  );
};
