import { CircleAlert, CircleCheck, CircleDashed, CirclePlay, Hourglass, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** Meaning has five tones, always with icon and word. */
export type Tone = 'waiting' | 'problem' | 'running' | 'done' | 'idle';

export const toneIcon: Record<Tone, LucideIcon> = {
  waiting: Hourglass,
  problem: CircleAlert,
  running: CirclePlay,
  done: CircleCheck,
  idle: CircleDashed,
};
export const toneText: Record<Tone, string> = {
  waiting: 'text-waiting',
  problem: 'text-problem',
  running: 'text-running',
  done: 'text-done',
  idle: 'text-idle',
};
export const toneSoft: Record<Tone, string> = {
  waiting: 'bg-waiting-soft',
  problem: 'bg-problem-soft',
  running: 'bg-running-soft',
  done: 'bg-done-soft',
  idle: 'bg-idle-soft',
};
export const toneMark: Record<Tone, string> = {
  waiting: 'bg-waiting-mark',
  problem: 'bg-problem-mark',
  running: 'bg-running-mark',
  done: 'bg-done-mark',
  idle: 'bg-idle-mark',
};

export const ToneBadge = ({
  tone,
  children,
  icon = true,
  className,
}: {
  tone: Tone;
  children: ReactNode;
  icon?: boolean;
  className?: string;
}) => {
  const Icon = toneIcon[tone];
  return (
    <span
      data-slot="badge"
      className={cn(
        'inline-flex h-6 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-semibold text-xs',
        toneSoft[tone],
        toneText[tone],
        className,
      )}
    >
      {icon ? <Icon className="size-3.5" aria-hidden /> : null}
      {children}
    </span>
  );
};
