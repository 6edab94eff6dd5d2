import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { notify } from './notify.ts';

type State = { readonly userId: string; readonly requestId: string; readonly tries: number };
const user = ({ userId }: Record<string, unknown>) => String(userId);
/** Tries, a day apart, after which the platform is told. */
const mostTries = 30;

const evolve = (state: State, { type, data }: ProcessInput): State => {
  if (type === 'ErasureRequested') return { userId: user(data), requestId: String(data.requestId), tries: 0 };
  return type === 'EraseUserRejected' ? { ...state, tries: state.tries + 1 } : state;
};

/** P14: a request for erasure is tried every day until nothing stands against it; the vault then loses the person's key. */
export const erasure: ProcessDef<State> = {
  name: 'Erasure',
  doc: text('개인정보 삭제', 'Erases a person once nothing stands against it'),
  starts: ['ErasureRequested'],
  correlate: { ErasureRequested: user, UserErased: user },
  initial: { userId: '', requestId: '', tries: 0 },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} changes nothing`,
};
export const Erasure = defineProcess<State>()(erasure);

const step = (
  { userId, requestId, tries }: State,
  { type, data, at }: ProcessInput,
  ctx: Context,
): readonly Reaction[] => {
  switch (type) {
    case 'ErasureRequested':
    case 'TimerFired':
      return [send('UserAccount', 'EraseUser', { userId, requestId })];
    case 'EraseUserRejected': {
      const code = String(data.code);
      if (code !== 'OPEN_OBLIGATIONS' && code !== 'LEGAL_HOLD') return [complete];
      return [
        ...(tries === 1 ? [notify(ctx, 'erasureWaits', { kind: 'user', id: userId }, { code })] : []),
        ...(tries === mostTries
          ? [notify(ctx, 'erasureStuck', { kind: 'role', role: 'PLATFORM_ADMIN' }, { userId, code })]
          : []),
        schedule('again', plusDays(at, 1)),
      ];
    }
    case 'UserErased':
      return [complete];
    default:
      return [];
  }
};
