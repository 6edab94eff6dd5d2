import type { FollowUp } from './event.ts';

/**
 * A command to another stream; `undo` is sent if the decision it served comes to nothing after all. If the record moved on
 * meanwhile, somebody else's decision may rely on what was taken: then it is left to lapse by itself. What does not lapse
 * says by `serves` whether the record, as it is now, relies on it.
 */
export type Step = FollowUp & {
  readonly undo?: FollowUp;
  readonly refusal?: string;
  readonly serves?: (state: { readonly status: string }) => boolean;
};

export type Accepted<E> = {
  readonly ok: true;
  readonly events: readonly E[];
  /** Must be accepted by other streams before the events are stored: claims, slot holds. A refusal refuses the whole. */
  readonly before: readonly Step[];
  /** Sent after the events are stored, at least once, with deterministic command ids. */
  readonly after: readonly FollowUp[];
};
export type Refused<Code extends string> = { readonly ok: false; readonly code: Code };
export type Decision<E, Code extends string> = Accepted<E> | Refused<Code>;

/** `accept()` without events: what was asked already holds. */
export const accept = <E>(...events: readonly E[]): Accepted<E> => ({ ok: true, events, before: [], after: [] });
export const reject = <const Code extends string>(code: Code): Refused<Code> => ({ ok: false, code });

export const before = <E>(accepted: Accepted<E>, ...steps: readonly Step[]): Accepted<E> => ({
  ...accepted,
  before: [...accepted.before, ...steps],
});
export const after = <E>(accepted: Accepted<E>, ...followUps: readonly FollowUp[]): Accepted<E> => ({
  ...accepted,
  after: [...accepted.after, ...followUps],
});
