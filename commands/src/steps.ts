import type { FollowUp, Step } from '@cargoro/domain';
import type { CommandOutcome } from './types.ts';

/** Sends a step or its undo; `name` is unique within the command, so its command id follows from it. */
export type SendStep = (step: FollowUp, name: string) => Promise<CommandOutcome>;

export type Steps = {
  /** Has every step accepted that is not accepted yet, in order. The code of the first refusal, if any. */
  take(steps: readonly Step[]): Promise<string | undefined>;
  /**
   * The decision came to nothing: what was taken is given back, in reverse. Failing that, holds lapse by themselves. `mayUndo`
   * spares what somebody else may rely on by now.
   */
  undo(mayUndo: (step: Step) => boolean): Promise<void>;
};

/**
 * The steps one command needs in other streams before its own events may be stored. A step is sent anew by every attempt
 * at the command, for what an earlier attempt held may have lapsed; steps decide nothing when they still hold.
 */
export const stepsOf = (send: SendStep): Steps => {
  const taken = new Map<string, Step & { readonly changed: boolean }>();
  let sent = 0;
  return {
    take: async (steps) => {
      for (const step of steps) {
        const key = JSON.stringify([step.type, step.data]);
        if (taken.has(key)) continue;
        const outcome = await send(step, `before.${sent++}`);
        if (outcome.kind === 'rejected') return step.refusal ?? outcome.code;
        taken.set(key, { ...step, changed: outcome.events.length > 0 });
      }
      return undefined;
    },
    undo: async (mayUndo) => {
      // What held before this command belongs to whoever took it.
      for (const { changed, ...step } of [...taken.values()].reverse())
        if (step.undo && changed && mayUndo(step)) await send(step.undo, `undo.${sent++}`).catch(() => undefined);
      taken.clear();
    },
  };
};
