import { type LogRecord, recordStream, recordType } from '../log/record.ts';

/** A filter as it is asked for and stored: prefixes win over the regular expression. */
export interface FilterSpec {
  readonly on: 'stream' | 'type';
  readonly regex: string;
  readonly prefixes: readonly string[];
}

export interface EventFilter {
  readonly on: 'stream' | 'type';
  readonly matches: (text: string) => boolean;
}

/** Unicode mode where it can be; .NET allows escapes that it refuses. */
const compile = (source: string, flags: string): RegExp => {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    return new RegExp(source, flags);
  }
};

/** Prefixes or a regular expression; .NET's `\A`, `\z`, `(?i)` and named groups are said in JavaScript's way. */
export const textMatcher = (regex: string, prefixes: readonly string[]): ((text: string) => boolean) => {
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const inline = /^\(\?([imsn]+)\)/.exec(regex);
  const flags = (inline?.[1] ?? '').replace('n', '');
  const source = regex
    .slice(inline?.[0].length ?? 0)
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$')
    .replaceAll('\\Z', '$')
    .replace(/\(\?'(\w+)'/g, '(?<$1>');
  const pattern = compile(source, flags);
  return (text) => pattern.test(text);
};

export const compileFilter = ({ on, regex, prefixes }: FilterSpec): EventFilter => ({
  on,
  matches: textMatcher(regex, prefixes),
});

export const passes = (filter: EventFilter | undefined, record: LogRecord): boolean =>
  !filter || filter.matches(filter.on === 'stream' ? recordStream(record) : recordType(record));

/** The real server keeps its own bookkeeping out of `$all`. */
export const isHiddenFromAll = (record: LogRecord): boolean => {
  const stream = recordStream(record);
  if (!stream.startsWith('$')) return false;
  if (recordType(record) === '$epoch-information') return true;
  return (
    stream.startsWith('$persistentsubscription-$all::') &&
    (stream.endsWith('-checkpoint') || stream.endsWith('-parked'))
  );
};
