'use client';
import { useTranslations } from 'next-intl';
import { clock } from '../../../kit/format.ts';
import { cn } from '../../../ui/cn.ts';
import { Plate, plateColour } from '../../../ui/plate.tsx';
import { type BayLane, type Block, type Hours, type Place, placeOf, spanOf } from './timeline.ts';
import { useDrag } from './use-drag.ts';

const looks: Record<Block['kind'], string> = {
  held: 'border-waiting-mark border-dashed bg-waiting-soft text-waiting',
  confirmed: 'border-running-mark bg-running-soft text-running',
  inUse: 'border-accent bg-accent-soft text-accent',
  used: 'border-line bg-idle-soft text-idle',
  blocked:
    'border-line-strong bg-[repeating-linear-gradient(135deg,var(--idle-soft)_0_6px,var(--surface)_6px_12px)] text-idle',
};

const Ghost = ({ at, day, span }: { at: Place; day: string; span: { from: number; to: number } }) => {
  const { left, width } = placeOf(at, day, span);
  return (
    <span
      aria-hidden
      data-slot="ghost"
      className="pointer-events-none absolute inset-y-1.5 z-2 grid content-end rounded-md border-2 border-accent border-dashed px-1.5 text-[11px] text-accent tabular-nums"
      style={{ left: `${left * 100}%`, width: `calc(${width * 100}% - 2px)` }}
    >
      {clock(at.start)}–{clock(at.end)}
    </span>
  );
};

/** Lanes of time; the first column stays, the hours scroll inside. */
export const BayGrid = ({
  lanes,
  day,
  hours,
  now,
  landing,
  onOpen,
  onMove,
}: {
  lanes: readonly BayLane[];
  day: string;
  hours: readonly Hours[];
  now: number;
  /** Where a block was put down and is not yet. */
  landing: Place | undefined;
  onOpen: (href: string) => void;
  onMove: (block: Block, to: Place) => void;
}) => {
  const t = useTranslations('bays');
  const e = useTranslations('enums');
  const span = spanOf(hours, lanes, day);
  const { dragged, over, hold } = useDrag({ day, span, onMove });
  const ghost = over ?? landing;
  const marks = Array.from({ length: span.to - span.from }, (_, index) => span.from + index);
  const line =
    now > 0
      ? placeOf({ start: new Date(now).toISOString(), end: new Date(now).toISOString() }, day, span).left
      : undefined;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('timeline')}
      className="scroll-thin overflow-x-auto rounded-md border border-line bg-surface"
      data-slot="bay-grid"
    >
      <div className="min-w-[52rem]">
        <div className="flex h-9 border-line border-b text-ink-soft text-xs">
          <div className="sticky left-0 z-2 w-28 shrink-0 border-line border-r bg-surface" />
          <div className="relative flex-1">
            {marks.map((hour, index) => (
              <span
                key={hour}
                className="absolute top-2.5 -translate-x-1/2 first:translate-x-1"
                style={{ left: `${(index / marks.length) * 100}%` }}
              >
                {String(hour).padStart(2, '0')}:00
              </span>
            ))}
          </div>
        </div>
        {lanes.map((lane) => (
          <div key={lane.bayId} className="flex h-16 border-line border-b last:border-b-0" data-bay={lane.name}>
            <div className="sticky left-0 z-2 grid w-28 shrink-0 content-center border-line border-r bg-surface px-3">
              <p className="truncate font-semibold text-sm">{lane.name}</p>
              <p className="text-ink-soft text-xs">{e(lane.kind)}</p>
            </div>
            <div
              className="relative flex-1"
              data-bay-id={lane.bayId}
              style={{
                backgroundImage: 'linear-gradient(to right, var(--line) 1px, transparent 1px)',
                backgroundSize: `${100 / marks.length}% 100%`,
              }}
            >
              {line !== undefined && line > 0 && line < 1 ? (
                <span
                  aria-hidden
                  className="absolute inset-y-0 z-1 w-0.5 bg-problem-mark"
                  style={{ left: `${line * 100}%` }}
                />
              ) : null}
              {ghost?.bayId === lane.bayId ? <Ghost at={ghost} day={day} span={span} /> : null}
              {lane.blocks.map((block) => {
                const { left, width } = placeOf(block, day, span);
                const body = (
                  <>
                    {block.plate ? (
                      <Plate plate={block.plate} colour={plateColour(block.plate)} size="sm" />
                    ) : (
                      <span className="truncate font-medium">{block.label || t(`kinds.${block.kind}`)}</span>
                    )}
                    <span className="truncate text-[11px]">
                      {clock(block.start)}–{clock(block.end)} {block.plate ? block.label : ''}
                    </span>
                    <span className="sr-only">{t(`kinds.${block.kind}`)}</span>
                  </>
                );
                const look = cn(
                  'absolute inset-y-1.5 grid min-w-0 content-center justify-items-start gap-0.5 overflow-hidden rounded-md border px-1.5 text-left text-xs',
                  looks[block.kind],
                  block.moves && 'cursor-grab',
                  dragged === block.id && 'cursor-grabbing opacity-50',
                );
                const style = { left: `${left * 100}%`, width: `calc(${width * 100}% - 2px)` };
                const { href } = block;
                return href ? (
                  <button
                    key={block.id}
                    type="button"
                    data-item={block.id}
                    {...hold(block, () => onOpen(href))}
                    title={block.moves ? t('drag') : undefined}
                    className={cn(look, '-outline-offset-2')}
                    style={style}
                  >
                    {body}
                  </button>
                ) : (
                  <div key={block.id} className={look} style={style}>
                    {body}
                  </div>
                );
              })}
            </div>
          </div>
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 border-line border-t px-3 py-2 text-ink-soft text-xs">
        {(['held', 'confirmed', 'inUse', 'used', 'blocked'] as const).map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <span aria-hidden className={cn('size-3 rounded-[3px] border', looks[kind])} />
            {t(`kinds.${kind}`)}
          </li>
        ))}
      </ul>
    </section>
  );
};
