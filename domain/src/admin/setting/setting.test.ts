import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { Setting, settingAt, variantFor } from './setting.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const scope = `org:${id(2)}`;
const rate = { scope, key: 'workshop.lateFeeKrw', type: 'integer', value: 10_000, secret: false, min: 0, max: 50_000 };
const token = { scope: 'platform', key: 'ministry.token', type: 'text', value: 's3cr3t', secret: true };
const flag = { key: 'journeyMap', variants: ['off', 'on', 'beta'] };
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) =>
  given(Setting, ...events).when(type, input, world);
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) => {
  const { decision } = when(events, type, input, world);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const defined = step([], 'DefineSetting', rate);
const change = { scope, key: rate.key, value: 20_000, reason: '인상' };
const flagged = step([], 'DefineFlag', flag);

describe('Setting', () => {
  it('belongs to its organisation or to the platform', () => {
    expect(Setting.idOf(rate)).toBe(`${scope}.workshop.lateFeeKrw`);
    expect(Setting.idOf(flag)).toBe('platform.journeyMap');
    expect(defined[0]?.data.parties).toEqual([{ kind: 'org', id: id(2), as: 'org' }]);
    when(defined, 'DefineSetting', rate).refuses('ALREADY_EXISTS');
    expect(() => when([], 'DefineSetting', { ...rate, scope: 'everybody' })).toThrow();
  });

  it('takes values of its type, in its range', () => {
    for (const value of ['1', 1.5, true, null, undefined])
      when([], 'DefineSetting', { ...rate, value }).refuses('TYPE_MISMATCH');
    for (const value of [-1, 50_001]) when([], 'DefineSetting', { ...rate, value }).refuses('OUT_OF_RANGE');
    for (const value of [0, 50_000]) when([], 'DefineSetting', { ...rate, value }).emits('SettingDefined');
    const name = { ...rate, type: 'text', value: 'floor', min: 2, max: 5, options: ['floor', 'round', 'up'] };
    when([], 'DefineSetting', name).emits('SettingDefined');
    when([], 'DefineSetting', { ...name, value: 'ceil' }).refuses('OUT_OF_RANGE');
    when([], 'DefineSetting', { ...name, options: undefined, value: 'longer' }).refuses('OUT_OF_RANGE');
    when([], 'DefineSetting', { ...rate, type: 'boolean', value: 1 }).refuses('TYPE_MISMATCH');
    when(defined, 'ChangeSetting', { ...change, value: 'a' }).refuses('TYPE_MISMATCH');
    when(defined, 'ChangeSetting', { ...change, value: 60_000 }).refuses('OUT_OF_RANGE');
  });

  it('changes for a reason, from a moment on, and tells what it was before', () => {
    when(defined, 'ChangeSetting', { ...change, reason: undefined }).refuses('REASON_REQUIRED');
    when(defined, 'ChangeSetting', { ...change, effectiveFrom: '2025-06-30T00:59:59Z' }).refuses('EFFECTIVE_IN_PAST');
    when(defined, 'ChangeSetting', { ...change, value: 10_000 }).emits();
    const [changed] = when(defined, 'ChangeSetting', change).emits('SettingChanged');
    expect(changed?.data).toMatchObject({ before: 10_000, value: 20_000, effectiveFrom: '2025-06-30T01:00:00.000Z' });
    const state = when(defined, 'ChangeSetting', { ...change, effectiveFrom: '2025-07-01T00:00:00Z' }).state();
    expect(settingAt(state, '2025-06-30T23:59:59Z')?.value).toBe(10_000);
    expect(settingAt(state, '2025-07-01T00:00:00Z')?.value).toBe(20_000);
    expect(settingAt(state, '2025-06-01T00:00:00Z')).toBeUndefined();
    when([], 'ChangeSetting', change).refuses('NOT_FOUND');
    when(flagged, 'ChangeSetting', change).refuses('WRONG_STATE');
  });

  it('keeps only a fingerprint of a secret', () => {
    const secret = step([], 'DefineSetting', token);
    const next = { scope: 'platform', key: token.key, value: 'n3w', reason: '교체' };
    const rotated = step(secret, 'ChangeSetting', next);
    expect(JSON.stringify(rotated)).not.toMatch(/s3cr3t|n3w/);
    expect(rotated[1]?.data.beforeHash).toBe(rotated[0]?.data.valueHash);
    when(rotated, 'ChangeSetting', next).emits();
  });
});

describe('a feature flag', () => {
  it('rolls out variants it has, first to whom the first rule covers', () => {
    const rules = [
      { scope, percent: 100, variant: 'on' },
      { scope: 'platform', percent: 0, variant: 'beta' },
    ];
    when(flagged, 'SetRollout', { key: flag.key, rules: [{ ...rules[0], variant: 'pink' }] }).refuses(
      'UNKNOWN_VARIANT',
    );
    const [set] = when(flagged, 'SetRollout', { key: flag.key, rules }).emits('RolloutSet');
    expect(set?.data.before).toEqual([]);
    const state = when(flagged, 'SetRollout', { key: flag.key, rules }).state();
    expect(variantFor(state, { userId: id(1), orgId: id(2) })).toBe('on');
    expect(variantFor(state, { userId: id(1), orgId: id(3) })).toBe('off');
    expect(variantFor(state, { userId: id(1) })).toBe('off');
  });

  it('gives a stable share of people a variant', () => {
    const state = when(flagged, 'SetRollout', {
      key: flag.key,
      rules: [{ scope: 'platform', percent: 30, variant: 'on' }],
    }).state();
    const people = Array.from({ length: 2_000 }, (_, n) => variantFor(state, { userId: `user-${n}` }));
    const share = people.filter((variant) => variant === 'on').length / people.length;
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.34);
    const nobody = when(flagged, 'SetRollout', {
      key: flag.key,
      rules: [{ scope: 'platform', percent: 0, variant: 'on' }],
    }).state();
    expect(people.every((_, n) => variantFor(nobody, { userId: `user-${n}` }) === 'off')).toBe(true);
    expect(people.slice(0, 50)).toEqual(
      Array.from({ length: 50 }, (_, n) => variantFor(state, { userId: `user-${n}` })),
    );
  });

  it('is killed for everybody and may be rolled out again', () => {
    const on = step(flagged, 'SetRollout', {
      key: flag.key,
      rules: [{ scope: 'platform', percent: 100, variant: 'on' }],
    });
    const killed = when(on, 'KillFlag', { key: flag.key, reason: '장애' });
    expect(variantFor(killed.state(), { userId: id(1) })).toBe('off');
    const events = [...on, ...killed.emits('FlagKilled')];
    when(events, 'KillFlag', { key: flag.key, reason: '장애' }).refuses('WRONG_STATE');
    when(events, 'SetRollout', { key: flag.key, rules: [] }).emits('RolloutSet');
  });

  it('that guards a kill switch is turned with a second person', () => {
    const guarded = step([], 'DefineFlag', { ...flag, killSwitch: true });
    const admin = { actor: { kind: 'user', id: id(5), role: 'PLATFORM_ADMIN' } } as const;
    const kill = { key: flag.key, reason: '장애' };
    when(guarded, 'KillFlag', kill, admin).refuses('SELF_APPROVAL');
    when(guarded, 'KillFlag', { ...kill, approverId: id(5) }, admin).refuses('SELF_APPROVAL');
    when(guarded, 'KillFlag', { ...kill, approverId: id(6) }, admin).emits('FlagKilled');
    when(guarded, 'SetRollout', { key: flag.key, rules: [] }, admin).refuses('SELF_APPROVAL');
    when(guarded, 'SetRollout', { key: flag.key, rules: [], approverId: id(6) }, admin).emits('RolloutSet');
  });

  it('keeps the laws, and so do settings', () =>
    checkLaws(Setting, {
      samples: {
        DefineSetting: [rate, token],
        ChangeSetting: [change, { ...change, value: 5 }],
        DefineFlag: [flag],
        SetRollout: [{ key: flag.key, rules: [{ scope, percent: 50, variant: 'on' }] }],
      },
    }));
});
