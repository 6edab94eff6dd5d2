import { z } from 'zod';
import { defineAggregate } from './aggregate.ts';
import { command } from './command.ts';
import { type Accepted, accept, after, before, reject } from './decision.ts';
import { event } from './event.ts';
import { text } from './text.ts';
import { plusMinutes } from './time.ts';

/**
 * Uniqueness across streams: `claim-<kind>.<value>` is held before the main stream is written, confirmed after it, and
 * an unconfirmed hold lapses by itself, so a crash between the two leaves nothing taken. Confirmations and releases come
 * later than the events they follow from: a holder who takes a value again, while the release of before is still on its
 * way, holds it on top of the confirmed claim, and that release leaves them the hold.
 */
const holdMinutes = 60;
const ref = { kind: z.string(), value: z.string(), holder: z.string() };
/** Only the hold is given back: the decision it was taken for came to nothing. */
const undone = z.literal(true).optional();

const commands = {
  HoldClaim: command({
    label: text('선점하기', 'Hold'),
    doc: text('값을 잠시 선점합니다.', 'Holds a value for a while.'),
    by: [],
    internal: true,
    in: ['none', 'held', 'confirmed', 'free'],
    input: z.object(ref),
  }),
  ConfirmClaim: command({
    label: text('확정하기', 'Confirm'),
    doc: text('선점을 확정합니다.', 'Makes a hold permanent.'),
    by: [],
    internal: true,
    in: ['held', 'confirmed', 'free'],
    input: z.object(ref),
  }),
  ReleaseClaim: command({
    label: text('해제하기', 'Release'),
    doc: text('값을 다시 쓸 수 있게 합니다.', 'Makes the value free again.'),
    by: [],
    internal: true,
    in: ['none', 'held', 'confirmed', 'free'],
    input: z.object({ ...ref, undone }),
  }),
};

const events = {
  ClaimHeld: event(z.object({ ...ref, until: z.string() })),
  ClaimConfirmed: event(z.object(ref)),
  ClaimReleased: event(z.object({ ...ref, undone })),
};

const refusals = { CLAIM_TAKEN: text('이미 사용 중인 값입니다.', 'This value is taken.') };

type State =
  | { readonly status: 'none' | 'free' }
  | { readonly status: 'held'; readonly holder: string; readonly until: string }
  /** `until`: of a hold on top, not confirmed yet. */
  | { readonly status: 'confirmed'; readonly holder: string; readonly until?: string };

/** Whether a value may be taken: it is the holder's already, or nobody's now. */
const isFreeFor = (state: State, holder: string, now: string): 'theirs' | 'nobodys' | false => {
  if (!('holder' in state)) return 'nobodys';
  const stands = state.status === 'confirmed' || state.until > now;
  if (!stands) return 'nobodys';
  return state.holder === holder && 'theirs';
};

export const Claim = defineAggregate<State>()({
  name: 'Claim',
  category: 'claim',
  context: 'kit',
  doc: text('유일한 값의 선점', 'A value only one record may hold'),
  id: (data) => claimId(String(data.kind), String(data.value)),
  commands,
  events,
  refusals,
  initial: { status: 'none' },
  decide: {
    HoldClaim: (state, data, ctx) => {
      const free = isFreeFor(state, data.holder, ctx.now);
      if (!free) return reject('CLAIM_TAKEN');
      // A hold that lapsed is taken anew, so that nobody else gets it before it is confirmed.
      return free === 'theirs' && 'until' in state && state.until > ctx.now
        ? accept()
        : accept({ type: 'ClaimHeld', data: { ...data, until: plusMinutes(ctx.now, holdMinutes) } });
    },
    ConfirmClaim: (state, data, ctx) => {
      if (!isFreeFor(state, data.holder, ctx.now)) return reject('CLAIM_TAKEN');
      // Given back since: this confirmation was told before.
      if (!('holder' in state)) return accept();
      return state.status === 'confirmed' && !('until' in state) ? accept() : accept({ type: 'ClaimConfirmed', data });
    },
    ReleaseClaim: (state, data) => {
      if (!('holder' in state) || state.holder !== data.holder) return accept();
      const hasHold = state.status === 'held' || 'until' in state;
      return data.undone && !hasHold ? accept() : accept({ type: 'ClaimReleased', data });
    },
  },
  evolve: {
    ClaimHeld: (state, { holder, until }) =>
      state.status === 'confirmed' && state.holder === holder ? { ...state, until } : { status: 'held', holder, until },
    ClaimConfirmed: (_state, { holder }) => ({ status: 'confirmed', holder }),
    ClaimReleased: (state, { holder, undone: isUndone }) => {
      if (state.status !== 'confirmed' || state.until === undefined) return { status: 'free' };
      return isUndone ? { status: 'confirmed', holder } : { status: 'held', holder, until: state.until };
    },
  },
});

/** Who holds a value now, for `ctx.fact(Claim, claimId(kind, value))`. */
export const holderOf = (state: State): string | undefined => ('holder' in state ? state.holder : undefined);

export const claimId = (kind: string, value: string): string => `${kind}.${value}`;

/** The decision holds only if `value` is free for `holder`; `refusal` is the code shown when it is not. */
export const claiming = <E>(
  accepted: Accepted<E>,
  claim: { kind: string; value: string; holder: string; refusal: string },
): Accepted<E> => {
  const { refusal, ...data } = claim;
  const step = (type: string) => ({ aggregate: 'Claim', type, data });
  const undo = { ...step('ReleaseClaim'), data: { ...data, undone: true } };
  return after(before(accepted, { ...step('HoldClaim'), refusal, undo }), step('ConfirmClaim'));
};

/** Gives a value back once the events are stored. */
export const releasing = <E>(
  accepted: Accepted<E>,
  claim: { kind: string; value: string; holder: string },
): Accepted<E> => after(accepted, { aggregate: 'Claim', type: 'ReleaseClaim', data: claim });
