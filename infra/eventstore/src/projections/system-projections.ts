import {
  type LogRecord,
  recordData,
  recordId,
  recordPosition,
  recordRevision,
  recordStream,
  recordType,
} from '../log/record.ts';
import { isSystemStream, LINK_TYPE } from '../streams/names.ts';

export const SYSTEM_PROJECTIONS = ['$by_category', '$by_event_type', '$streams', '$stream_by_category'] as const;
export type SystemProjection = (typeof SYSTEM_PROJECTIONS)[number];

export interface ProjectedLink {
  readonly stream: string;
  readonly target: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The real server's default: everything before the first dash. */
const category = (stream: string): string | undefined => {
  const dash = stream.indexOf('-');
  return dash > 0 ? stream.slice(0, dash) : undefined;
};

/** A link to a link leads to the first one's target. */
const targetOf = (record: LogRecord): string =>
  recordType(record) === LINK_TYPE
    ? recordData(record).toString('utf8')
    : `${recordRevision(record)}@${recordStream(record)}`;

const link = (stream: string, record: LogRecord, target = targetOf(record)): ProjectedLink => {
  const position = recordPosition(record);
  return {
    stream,
    target,
    metadata: { $v: '1:-1:1:4', $c: position, $p: position, $o: recordStream(record), $causedBy: recordId(record) },
  };
};

/** Which link a system projection emits for an event, if any. Events of system streams are left alone. */
export const projectedLink = (projection: SystemProjection, record: LogRecord): ProjectedLink | undefined => {
  const stream = recordStream(record);
  if (isSystemStream(stream)) return undefined;
  const group = category(stream);
  switch (projection) {
    case '$by_category':
      return group === undefined ? undefined : link(`$ce-${group}`, record);
    case '$by_event_type':
      return recordType(record) === LINK_TYPE ? undefined : link(`$et-${recordType(record)}`, record);
    case '$streams':
      return recordRevision(record) === 0 ? link('$streams', record, `0@${stream}`) : undefined;
    case '$stream_by_category':
      return recordRevision(record) === 0 && group !== undefined
        ? { ...link(`$category-${group}`, record), target: stream }
        : undefined;
  }
};
