import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Id, Line, Prose, Sha256 } from '../../shared/values.ts';

/** `platform`, or `org:<id>` for one organisation. */
const Scope = z.string().regex(/^(platform|org:[0-9a-f-]{36})$/, 'Use platform or org:<organisation id>');
const Ref = z.object({ scope: Scope, key: Code });
/** A boolean, an integer or a text, as the setting's type says. */
const Value = z.unknown().meta({ id: 'JSON' });
const Reason = Prose.optional();

const Define = Ref.extend({
  type: z.enum(['boolean', 'integer', 'text']).meta({ id: 'SettingType' }),
  value: Value,
  /** Never shown again: events keep a fingerprint only. */
  secret: z.boolean(),
  /** Bounds of an integer, or of the length of a text. */
  min: z.int().optional(),
  max: z.int().optional(),
  /** The only texts allowed. */
  options: z.array(Line).max(100).optional(),
});
const Change = Ref.extend({ value: Value, effectiveFrom: DateTime.optional(), reason: Reason });

const FlagRef = z.object({ key: Code });
const Rule = z.object({ scope: Scope, percent: z.int().min(0).max(100), variant: Code }).meta({ id: 'RolloutRule' });
const DefineFlag = FlagRef.extend({
  /** The first one is what everybody sees without a rule. */
  variants: z.array(Code).min(2).max(10),
  /** Turning it takes a second person. */
  killSwitch: z.boolean().optional(),
});
const Rollout = FlagRef.extend({ rules: z.array(Rule).max(100), approverId: Id.optional() });
const Kill = FlagRef.extend({ reason: Line, approverId: Id.optional() });

const platform = allowAny('PLATFORM_ADMIN');
const own = allow(['WORKSHOP_OWNER', 'FLEET_MANAGER'], 'org');

export const commands = {
  DefineSetting: command({
    label: text('설정 만들기', 'Define setting'),
    doc: text('설정의 종류와 첫 값을 정합니다.', 'Defines a setting with its type and first value.'),
    by: [platform, own],
    in: ['none'],
    emits: ['SettingDefined'],
    refuses: ['OUT_OF_RANGE', 'TYPE_MISMATCH'],
    input: Define,
  }),
  ChangeSetting: command({
    label: text('설정 바꾸기', 'Change setting'),
    doc: text('정한 때부터 설정 값을 바꿉니다.', 'Changes a setting, now or from a moment on.'),
    by: [platform, own],
    in: ['setting'],
    emits: ['SettingChanged'],
    refuses: ['EFFECTIVE_IN_PAST', 'OUT_OF_RANGE', 'REASON_REQUIRED', 'TYPE_MISMATCH'],
    input: Change,
  }),
  DefineFlag: command({
    label: text('기능 플래그 만들기', 'Define flag'),
    doc: text('기능 플래그와 갈래를 정합니다.', 'Defines a feature flag and its variants.'),
    by: [platform],
    in: ['none'],
    emits: ['FlagDefined'],
    input: DefineFlag,
  }),
  SetRollout: command({
    label: text('배포 범위 정하기', 'Set rollout'),
    doc: text('누구에게 어느 갈래를 보일지 정합니다.', 'Says who gets which variant of a flag.'),
    by: [platform],
    in: ['flag', 'killed'],
    emits: ['RolloutSet'],
    refuses: ['SELF_APPROVAL', 'UNKNOWN_VARIANT'],
    input: Rollout,
  }),
  KillFlag: command({
    label: text('기능 끄기', 'Kill flag'),
    doc: text('기능을 모두에게 끕니다.', 'Turns a feature off for everybody.'),
    by: [platform],
    in: ['flag'],
    emits: ['FlagKilled'],
    refuses: ['SELF_APPROVAL'],
    input: Kill,
  }),
};

const stored = { value: Value.optional(), valueHash: Sha256.optional() };

export const events = {
  SettingDefined: event(Define.omit({ value: true }).extend({ ...stored, parties: z.array(Party) })),
  SettingChanged: event(
    Change.omit({ value: true }).extend({
      ...stored,
      effectiveFrom: DateTime,
      reason: z.string(),
      before: Value.optional(),
      beforeHash: Sha256.optional(),
    }),
  ),
  FlagDefined: event(DefineFlag.extend({ parties: z.array(Party) })),
  RolloutSet: event(Rollout.extend({ before: z.array(Rule) })),
  FlagKilled: event(Kill),
};
