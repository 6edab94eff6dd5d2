import { DateTime, Setting } from '@cargoro/domain';
import { z } from 'zod';
import { partiesFrom } from '../kit/fold.ts';
import { readModel } from '../kit/read-model.ts';

const { events } = Setting;
const defined = events.SettingDefined.schema.shape;
const Version = z
  .object({
    revision: z.string(),
    value: z.unknown().meta({ id: 'JSON' }).nullable(),
    /** Secrets are known by their fingerprint only. */
    valueHash: z.string().nullable(),
    from: DateTime,
    until: DateTime.nullable(),
    reason: z.string().nullable(),
    by: z.string(),
  })
  .meta({ id: 'SettingVersion' });

const row = z.object({
  status: z.enum(['setting', 'flag', 'killed']).meta({ id: 'SettingStatus' }),
  scope: z.string(),
  key: z.string(),
  type: defined.type.nullable(),
  secret: z.boolean(),
  min: z.int().nullable(),
  max: z.int().nullable(),
  options: z.array(z.string()),
  variants: z.array(z.string()),
  killSwitch: z.boolean(),
  /** In the order they were decided; for a flag, what was rolled out to whom. */
  versions: z.array(Version),
});
type SettingRow = z.infer<typeof row>;
type Given = { value?: unknown; valueHash?: string | undefined; from: string; reason?: string | undefined };
type Source = { revision: bigint; meta: { actor: { id: string } } };

/** The newest that has begun applies, so each version ends when any after it begins. */
const versioned = (
  versions: SettingRow['versions'],
  given: Given,
  { revision, meta }: Source,
): SettingRow['versions'] => [
  ...versions.map((one) => ({ ...one, until: one.until !== null && one.until < given.from ? one.until : given.from })),
  {
    ...{ revision: String(revision), value: given.value ?? null, valueHash: given.valueHash ?? null },
    ...{ from: given.from, until: null, reason: given.reason ?? null, by: meta.actor.id },
  },
];

/** A setting or feature flag with every value it had; for the platform, and for the organisation whose it is. */
export const SettingView = readModel({
  name: 'rm_setting',
  type: 'Setting',
  version: 1,
  group: 'admin',
  record: 'Setting',
  row,
  scope: ['scope', 'key'],
  indexes: [['scope', 'key', 'id']],
  from: [Setting],
  platform: true,
}).folds({
  start: {
    SettingDefined: (event) => {
      const { scope, key, type, secret, min = null, max = null, options = [], value, valueHash } = event.data;
      return {
        ...{ status: 'setting', scope, key, type, secret, min, max, options, variants: [], killSwitch: false },
        versions: versioned([], { value, valueHash, from: event.meta.occurredAt }, event),
      };
    },
    FlagDefined: (event) => {
      const { key, variants, killSwitch = false } = event.data;
      return {
        ...{ status: 'flag', scope: 'platform', key, type: null, secret: false, min: null, max: null, options: [] },
        ...{ variants, killSwitch },
        versions: versioned([], { value: { rules: [], killed: false }, from: event.meta.occurredAt }, event),
      };
    },
  },
  on: {
    SettingChanged: (row, event) => {
      const { value, valueHash, effectiveFrom, reason } = event.data;
      return { ...row, versions: versioned(row.versions, { value, valueHash, from: effectiveFrom, reason }, event) };
    },
    RolloutSet: (row, event) => {
      const value = { rules: event.data.rules, killed: false };
      return {
        ...row,
        status: 'flag',
        versions: versioned(row.versions, { value, from: event.meta.occurredAt }, event),
      };
    },
    FlagKilled: (row, event) => {
      const given = { value: { rules: [], killed: true }, from: event.meta.occurredAt, reason: event.data.reason };
      return { ...row, status: 'killed', versions: versioned(row.versions, given, event) };
    },
  },
});

/** Which value was in force from when to when. */
export const SettingAt = readModel({
  name: 'rm_setting_at',
  type: 'SettingInForce',
  version: 1,
  group: 'admin',
  row: Version.omit({ revision: true }).extend({
    settingId: z.string(),
    version: z.string(),
    scope: z.string(),
    key: z.string(),
  }),
  scope: ['scope', 'key'],
  indexes: [['scope', 'key', 'from', 'id'], ['settingId']],
  from: [Setting],
  platform: true,
  key: ({ stream, revision, type }) =>
    type.startsWith('Party') ? undefined : `${stream.slice(stream.indexOf('-') + 1)}.${revision}`,
  joins: [
    partiesFrom(SettingView, 'settingId'),
    {
      from: SettingView,
      by: 'settingId',
      take: (other, { version }) => {
        const setting = other as SettingRow | undefined;
        const { revision: _, ...own } = setting?.versions.find(({ revision }) => revision === version) ?? emptyVersion;
        return { ...own, scope: setting?.scope ?? '', key: setting?.key ?? '' };
      },
    },
  ],
}).folds({
  start: Object.fromEntries(
    ['SettingDefined', 'SettingChanged', 'FlagDefined', 'RolloutSet', 'FlagKilled'].map((type) => [
      type,
      ({ stream, revision }: { stream: string; revision: bigint }) => {
        const { revision: _, ...none } = emptyVersion;
        const settingId = stream.slice(stream.indexOf('-') + 1);
        return { ...none, settingId, version: String(revision), scope: '', key: '' };
      },
    ]),
  ),
});
const emptyVersion: SettingRow['versions'][number] = {
  ...{
    revision: '',
    value: null,
    valueHash: null,
    from: '1970-01-01T00:00:00.000Z',
    until: null,
    reason: null,
    by: '',
  },
};
