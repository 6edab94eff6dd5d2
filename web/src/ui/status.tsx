import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { type Tone, toneIcon, toneSoft, toneText } from './tone.tsx';

/** The status line is a sentence: "고객 승인 대기 · 2시간 10분 · 내일 14:00 만료". */
export const StatusSentence = ({
  tone,
  parts,
  block = false,
}: {
  tone: Tone;
  parts: readonly (ReactNode | false | null | undefined)[];
  block?: boolean;
}) => {
  const Icon = toneIcon[tone];
  const shown = parts.filter((part) => part !== null && part !== undefined && part !== false && part !== '');
  return (
    <p
      data-slot="status"
      data-tone={tone}
      className={cn(
        'flex min-w-0 items-center gap-1.5',
        toneText[tone],
        block && cn('rounded-md px-3 py-2', toneSoft[tone]),
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0">
        {shown.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no identity but their place
          <span key={index} className={index === 0 ? 'font-semibold' : undefined}>
            {index > 0 ? ' · ' : ''}
            {part}
          </span>
        ))}
      </span>
    </p>
  );
};
