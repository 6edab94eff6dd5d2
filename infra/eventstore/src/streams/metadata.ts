export interface StreamAcl {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly delete?: readonly string[];
  readonly metaRead?: readonly string[];
  readonly metaWrite?: readonly string[];
}

export interface StreamMetadata {
  readonly maxCount?: number;
  readonly maxAgeSeconds?: number;
  readonly truncateBefore?: number;
  readonly acl?: StreamAcl;
}

export const NO_METADATA: StreamMetadata = {};
export const METASTREAM_METADATA: StreamMetadata = { maxCount: 1 };

/** `$tb` of a soft-deleted stream, written out because int64.max is beyond what JSON.stringify can express. */
export const SOFT_DELETE_JSON = '{"$tb":9223372036854775807}';

export const isSoftDeleted = (metadata: StreamMetadata): boolean =>
  metadata.truncateBefore !== undefined && metadata.truncateBefore >= Number.MAX_SAFE_INTEGER;

const roles = (value: unknown): readonly string[] | undefined => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((role) => typeof role === 'string')) return value;
  return undefined;
};

export const parseAcl = (value: unknown): StreamAcl | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Record<string, unknown>;
  const named = {
    read: roles(given.$r),
    write: roles(given.$w),
    delete: roles(given.$d),
    metaRead: roles(given.$mr),
    metaWrite: roles(given.$mw),
  };
  return Object.fromEntries(Object.entries(named).filter(([, list]) => list !== undefined)) as StreamAcl;
};

const integers = ['$maxCount', '$maxAge', '$tb', '$cacheControl'] as const;

/** One ill-typed number spoils the whole document, as it does in the real server. */
export const parseMetadata = (data: Buffer): StreamMetadata => {
  let given: unknown;
  try {
    given = JSON.parse(data.toString('utf8'));
  } catch {
    return NO_METADATA;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return NO_METADATA;
  const fields = given as Record<string, unknown>;
  if (integers.some((name) => fields[name] !== undefined && !Number.isInteger(fields[name]))) return NO_METADATA;
  const number = (name: (typeof integers)[number]): number | undefined => fields[name] as number | undefined;
  const acl = parseAcl(fields.$acl);
  const maxCount = number('$maxCount');
  const maxAge = number('$maxAge');
  const truncateBefore = number('$tb');
  return {
    ...(maxCount !== undefined && maxCount > 0 && { maxCount }),
    ...(maxAge !== undefined && maxAge > 0 && { maxAgeSeconds: maxAge }),
    ...(truncateBefore !== undefined && truncateBefore >= 0 && { truncateBefore }),
    ...(acl && { acl }),
  };
};

/** The same document with another `$tb`; what is not a JSON object is replaced. */
export const withTruncateBefore = (data: Buffer, revision: number): Buffer => {
  let given: unknown;
  try {
    given = JSON.parse(data.toString('utf8'));
  } catch {
    given = {};
  }
  const fields = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  return Buffer.from(JSON.stringify({ ...fields, $tb: revision }));
};
