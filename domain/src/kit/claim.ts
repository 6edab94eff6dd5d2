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
 * later than the events they follow from: a holder may take a value again while the release of before is still on its way.
 * So holds that wait for their confirmation are counted, and a release leaves them to their holder.
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
  | { readonly status: 'held'; readonly holder: string; readonly until: string; readonly holds: number }
  /** `holds` on top of it wait for their own confirmation, `until` then. */
  | { readonly status: 'confirmed'; readonly holder: string; readonly until?: string; readonly holds: number };

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
    HoldClaim: (state, data, ctx) =>
      isFreeFor(state, data.holder, ctx.now)
        ? accept({ type: 'ClaimHeld', data: { ...data, until: plusMinutes(ctx.now, holdMinutes) } })
        : reject('CLAIM_TAKEN'),
    ConfirmClaim: (state, data, ctx) => {
      if (!isFreeFor(state, data.holder, ctx.now)) return reject('CLAIM_TAKEN');
      // Given back since: this confirmation was told before.
      if (!('holder' in state)) return accept();
      return state.status === 'confirmed' && state.holds === 0 ? accept() : accept({ type: 'ClaimConfirmed', data });
    },
    ReleaseClaim: (state, data) => {
      if (!('holder' in state) || state.holder !== data.holder) return accept();
      return data.undone && state.holds === 0 ? accept() : accept({ type: 'ClaimReleased', data });
    },
  },
  evolve: {
    ClaimHeld: (state, { holder, until }, { meta }) => {
      const isTheirs = 'holder' in state && state.holder === holder;
      const waiting = isTheirs && state.until !== undefined && state.until > meta.occurredAt ? state.holds : 0;
      const status = isTheirs && state.status === 'confirmed' ? 'confirmed' : 'held';
      return { status, holder, until, holds: waiting + 1 };
    },
    ClaimConfirmed: (state, { holder }) => {
      const holds = 'holder' in state && state.holder === holder ? Math.max(0, state.holds - 1) : 0;
      return { status: 'confirmed', holder, holds, ...('until' in state && holds > 0 && { until: state.until }) };
    },
    ClaimReleased: (state, { undone: isUndone }) => {
      if (!('holder' in state) || state.until === undefined || state.holds === 0) return { status: 'free' };
      const { holder, until, holds } = state;
      if (!isUndone)
        return state.status === 'confirmed' ? { status: 'held', holder, until, holds } : { status: 'free' };
      const left = holds - 1;
      if (state.status === 'confirmed') return { status: 'confirmed', holder, holds: left, ...(left > 0 && { until }) };
      return left > 0 ? { status: 'held', holder, until, holds: left } : { status: 'free' };
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
