import { Banknote, BellRing, CalendarCheck, Check, type LucideIcon, Package, Truck, Undo2, Wrench } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn.ts';

export const journeySteps = ['due', 'booked', 'pickup', 'repair', 'parts', 'return', 'cost'] as const;
export type JourneyStep = (typeof journeySteps)[number];
/** `none`: somebody else's step, or one this visit does not have: a neutral mark. */
export type StepState = 'done' | 'now' | 'todo' | 'none';

const icons: Record<JourneyStep, LucideIcon> = {
  due: BellRing,
  booked: CalendarCheck,
  pickup: Truck,
  repair: Wrench,
  parts: Package,
  return: Undo2,
  cost: Banknote,
};

/** The chain of a visit, the same strip in every room; each party sees its own steps lit. */
export const Journey = ({
  steps,
  compact = false,
}: {
  steps: Readonly<Record<JourneyStep, StepState>>;
  compact?: boolean;
}) => {
  const t = useTranslations('journey');
  return (
    <ol data-slot="journey" className="flex items-start" aria-label={t('title')}>
      {journeySteps.map((step, index) => {
        const state = steps[step];
        const Icon = state === 'done' ? Check : icons[step];
        return (
          <li
            key={step}
            className="relative grid min-w-0 flex-1 justify-items-center gap-1 text-center"
            aria-current={state === 'now' ? 'step' : undefined}
          >
            {index > 0 ? (
              <span
                aria-hidden
                className={cn(
                  'absolute top-3.5 right-1/2 left-[-50%] h-px',
                  state === 'done' || state === 'now' ? 'bg-accent' : 'bg-line',
                )}
              />
            ) : null}
            <span
              className={cn(
                'relative z-1 grid size-7 place-items-center rounded-full border bg-surface text-ink-soft',
                state === 'done' && 'border-accent bg-accent-soft text-accent',
                state === 'now' && 'border-accent bg-accent text-on-accent',
                state === 'none' && 'border-line border-dashed text-ink-soft/70',
              )}
            >
              <Icon className="size-3.5" strokeWidth={2} aria-hidden />
            </span>
            <span
              className={cn(
                'truncate text-[11px] leading-4',
                state === 'now' ? 'font-semibold text-ink' : 'text-ink-soft',
                compact && 'sr-only',
              )}
            >
              {t(step)}
              <span className="sr-only"> {t(`states.${state}`)}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
};
