import type { Stage } from '../kit/founding.ts';

/** How the chain is told: in a test that moves the clock, or on a live system that is hurt between the steps. */
export type Ways = {
  /** Lets minutes pass. Where time is real, people do by hand what would happen after a while. */
  readonly pass?: (minutes: number) => void;
  /** What happens between two steps. */
  readonly between?: (step: string) => Promise<void>;
};
export type ChainStage = Stage & Ways;
