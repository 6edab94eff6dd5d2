import { recordData } from '../log/record.ts';
import type { EventLog } from '../streams/event-log.ts';
import { parseAcl, type StreamAcl } from '../streams/metadata.ts';
import { isMetastream, isSystemStream, originalOf } from '../streams/names.ts';
import { readBackward } from '../streams/read-stream.ts';
import type { StreamAction } from './access.ts';

export const EVERYBODY = '$all';
export const ADMINS = '$admins';

const DEFAULT_USER: readonly string[] = [EVERYBODY];
const DEFAULT_SYSTEM: readonly string[] = [ADMINS];

/** What `$settings` says for streams without an ACL of their own. */
export interface DefaultAcls {
  readonly user: StreamAcl;
  readonly system: StreamAcl;
}

export const readDefaultAcls = (log: EventLog): DefaultAcls => {
  const [record] = readBackward(log, '$settings', Number.MAX_SAFE_INTEGER, 1).records;
  if (!record) return { user: {}, system: {} };
  try {
    const settings = JSON.parse(recordData(record).toString('utf8')) as {
      $userStreamAcl?: unknown;
      $systemStreamAcl?: unknown;
    };
    return { user: parseAcl(settings.$userStreamAcl) ?? {}, system: parseAcl(settings.$systemStreamAcl) ?? {} };
  } catch {
    return { user: {}, system: {} };
  }
};

/** Roles that may do this: the stream's own ACL, then `$settings`, then the built-in rule. Metastreams ask their original. */
export const allowedRoles = (
  log: EventLog,
  defaults: DefaultAcls,
  action: StreamAction,
  stream: string,
): readonly string[] => {
  const subject = isMetastream(stream) ? originalOf(stream) : stream;
  const own = log.heads.committed(subject).metadata.acl?.[action];
  if (own) return own;
  const system = isSystemStream(subject);
  return (system ? defaults.system : defaults.user)[action] ?? (system ? DEFAULT_SYSTEM : DEFAULT_USER);
};
