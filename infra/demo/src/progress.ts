import type { Progress } from './build.ts';

const barLength = 30;
const clockTime = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** How far a world has come: a bar, its share, events and events per second, the time left. */
export const progressLine = ({ share, events }: Progress, seconds: number): string => {
  const done = Math.min(1, Math.max(0, share));
  const filled = Math.floor(done * barLength);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barLength - filled)}`;
  const rate = seconds > 0 ? Math.round(events / seconds) : 0;
  const left = done > 0 ? `, ${clockTime((seconds * (1 - done)) / done)} left` : '';
  return `${bar} ${Math.floor(done * 100)} %  ${events.toLocaleString('en')} events, ${rate.toLocaleString('en')}/s${left}`;
};

export type Teller = {
  /** On a terminal one line is drawn again and again; elsewhere a line is written at every tenth. */
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
};

/** Tells progress as it comes in, which is far more often than anybody reads. */
export const progressTeller = ({ isTerminal, write, now }: Teller): ((progress: Progress) => void) => {
  const began = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let tenths = 0;
  return (progress) => {
    const moment = now();
    const line = () => progressLine(progress, (moment - began) / 1_000);
    if (isTerminal) {
      if (moment - drawn < 100 && progress.share < 1) return;
      drawn = moment;
      // What an earlier, longer line left behind is erased.
      write(`\r${line()}\u001b[K`);
    } else if (Math.floor(progress.share * 10) > tenths) {
      tenths = Math.floor(progress.share * 10);
      write(`${line()}\n`);
    }
  };
};
