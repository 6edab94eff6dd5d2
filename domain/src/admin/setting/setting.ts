import type { z } from 'zod';
import {
  type Actor,
  accept,
  type Context,
  defineAggregate,
  isAfter,
  isBefore,
  org,
  type Party,
  reject,
  text,
} from '../../kit/index.ts';
import { moves } from './setting.moves.ts';
import { commands, events } from './setting.schema.ts';

const refusals = {
  TYPE_MISMATCH: text('값의 종류가 설정과 다릅니다.', 'The value is not of the setting’s type.'),
  OUT_OF_RANGE: text('허용된 범위를 벗어난 값입니다.', 'The value is out of range.'),
  REASON_REQUIRED: text('사유를 적어 주세요.', 'Say why.'),
  EFFECTIVE_IN_PAST: text('적용 시각이 지났습니다.', 'It cannot take effect in the past.'),
  UNKNOWN_VARIANT: text('정의되지 않은 갈래입니다.', 'The flag has no such variant.'),
  SELF_APPROVAL: text('다른 사람의 승인이 필요합니다.', 'Somebody else has to approve this.'),
} as const;

type Defined = z.infer<typeof events.SettingDefined.schema>;
/** Secrets are known by their fingerprint only. */
type Stored = { readonly value?: unknown; readonly valueHash?: string | undefined };
type Version = Stored & { readonly from: string };
type Rules = z.infer<typeof events.RolloutSet.schema>['rules'];
type Bounds = Pick<Defined, 'type' | 'min' | 'max' | 'options' | 'secret'>;
type Flag = {
  readonly key: string;
  readonly variants: readonly string[];
  readonly killSwitch: boolean;
  readonly rules: Rules;
};
export type SettingState =
  | { readonly status: 'none' }
  | { readonly status: 'setting'; readonly bounds: Bounds; readonly versions: readonly Version[] }
  | ({ readonly status: 'flag' | 'killed' } & Flag);

const typeOf: Record<Bounds['type'], (value: unknown) => boolean> = {
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isSafeInteger(value),
  text: (value) => typeof value === 'string' && value.length <= 4_000,
};
const valueRefusal = ({ type, min, max, options }: Bounds, value: unknown): keyof typeof refusals | undefined => {
  if (!typeOf[type](value)) return 'TYPE_MISMATCH';
  const size = typeof value === 'string' ? value.length : Number(value);
  if ((min !== undefined && size < min) || (max !== undefined && size > max)) return 'OUT_OF_RANGE';
  return options && typeof value === 'string' && !options.includes(value) ? 'OUT_OF_RANGE' : undefined;
};

const partiesOf = (scope: string, actor: Actor): Party[] =>
  scope === 'platform' ? [org(actor.orgId ?? 'platform', 'platform')] : [org(scope.slice('org:'.length), 'org')];
const needsSecondPerson = (flag: Flag, approverId: string | undefined, actor: Actor): boolean =>
  flag.killSwitch && (approverId === undefined || approverId === actor.id);

export const Setting = defineAggregate<SettingState>()({
  name: 'Setting',
  category: 'setting',
  context: 'admin',
  doc: text('설정과 기능 플래그', 'A setting or a feature flag, and what it was when'),
  id: (data) => `${data.scope ?? 'platform'}.${data.key}`,
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    DefineSetting: (_state, { value, ...data }, ctx) => {
      const refusal = valueRefusal(data, value);
      if (refusal) return reject(refusal);
      const stored = data.secret ? { valueHash: ctx.hash(value) } : { value };
      return accept({
        type: 'SettingDefined',
        data: { ...data, ...stored, parties: partiesOf(data.scope, ctx.actor) },
      });
    },
    ChangeSetting: (state, { value, reason, ...data }, ctx) => {
      if (!reason) return reject('REASON_REQUIRED');
      const refusal = valueRefusal(state.bounds, value);
      if (refusal) return reject(refusal);
      const effectiveFrom = data.effectiveFrom ?? ctx.now;
      if (isBefore(effectiveFrom, ctx.now)) return reject('EFFECTIVE_IN_PAST');
      const stored = state.bounds.secret ? { valueHash: ctx.hash(value) } : { value };
      const last = state.versions.at(-1);
      if (last && last.value === stored.value && last.valueHash === stored.valueHash) return accept();
      const before = { before: last?.value, beforeHash: last?.valueHash };
      return accept({ type: 'SettingChanged', data: { ...data, ...stored, ...before, effectiveFrom, reason } });
    },
    DefineFlag: (_state, data, ctx) =>
      accept({ type: 'FlagDefined', data: { ...data, parties: partiesOf('platform', ctx.actor) } }),
    SetRollout: (state, data, ctx) => {
      if (data.rules.some((rule) => !state.variants.includes(rule.variant))) return reject('UNKNOWN_VARIANT');
      if (needsSecondPerson(state, data.approverId, ctx.actor)) return reject('SELF_APPROVAL');
      return accept({ type: 'RolloutSet', data: { ...data, before: state.rules } });
    },
    KillFlag: (state, data, ctx) =>
      needsSecondPerson(state, data.approverId, ctx.actor)
        ? reject('SELF_APPROVAL')
        : accept({ type: 'FlagKilled', data }),
  },
  evolve: {
    SettingDefined: (_state, { type, min, max, options, secret, value, valueHash }, event) => ({
      status: 'setting',
      bounds: { type, min, max, options, secret },
      versions: [{ value, valueHash, from: event.meta.occurredAt }],
    }),
    SettingChanged: (state, { value, valueHash, effectiveFrom }) =>
      state.status === 'setting'
        ? { ...state, versions: [...state.versions, { value, valueHash, from: effectiveFrom }] }
        : state,
    FlagDefined: (_state, { key, variants, killSwitch = false }) => ({
      ...{ status: 'flag', key, variants, killSwitch, rules: [] },
    }),
    RolloutSet: (state, { rules }) => (state.status === 'setting' ? state : { ...state, status: 'flag', rules }),
    FlagKilled: (state) => (state.status === 'setting' ? state : { ...state, status: 'killed' }),
  },
});

/** The version that applies at a moment: the last one recorded of those that have begun. */
export const settingAt = (state: SettingState, at: string): Stored | undefined =>
  state.status === 'setting' ? state.versions.findLast((version) => !isAfter(version.from, at)) : undefined;

const orPlatform = (ctx: Context, scope: string, key: string, at: string): unknown =>
  settingAt(ctx.fact(Setting, `${scope}.${key}`), at)?.value ??
  (scope === 'platform' ? undefined : settingAt(ctx.fact(Setting, `platform.${key}`), at)?.value);

/** What an organisation set, else what the platform set, else the fallback. `scope` is `platform` or `org:<id>`. */
export const numberSetting = (ctx: Context, scope: string, key: string, fallback: number): number => {
  const value = orPlatform(ctx, scope, key, ctx.now);
  return typeof value === 'number' ? value : fallback;
};
export const textSetting = (ctx: Context, scope: string, key: string): string | undefined => {
  const value = orPlatform(ctx, scope, key, ctx.now);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** 0 to 99, the same for the same text every time (FNV-1a, 32 bit). */
const bucketOf = (subject: string): number => {
  let hash = 0x811c9dc5;
  for (const char of subject) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % 100;
};

/** The variant somebody gets: by the first rule that covers them and their share, else the flag's first variant. */
export const variantFor = (
  state: SettingState,
  who: { readonly userId: string; readonly orgId?: string },
): string | undefined => {
  if (state.status === 'none' || state.status === 'setting') return undefined;
  const bucket = bucketOf(`${state.key}.${who.orgId ?? who.userId}`);
  const covers = (scope: string) => scope === 'platform' || scope === `org:${who.orgId}`;
  const rule = state.status === 'killed' ? undefined : state.rules.find((r) => covers(r.scope) && bucket < r.percent);
  return rule?.variant ?? state.variants[0];
};
