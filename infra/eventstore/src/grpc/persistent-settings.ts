import type persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import { type GroupConfig, type GroupSettings, STRATEGIES, type Strategy } from '../persistent/settings.ts';
import type { EventLog } from '../streams/event-log.ts';
import { invalidArgument } from './errors.ts';
import { groupFailed } from './persistent-errors.ts';
import { eventFilter, filterSpec } from './read-request.ts';

type CreateOptions = persistentPb.CreateReq.Options;
type UpdateOptions = persistentPb.UpdateReq.Options;
type Settings = persistentPb.CreateReq.Settings | persistentPb.UpdateReq.Settings;

const TICKS_PER_MS = 10_000;
const UINT64_MAX = '18446744073709551615';
const BY_NUMBER: readonly Strategy[] = ['DispatchToSingle', 'RoundRobin', 'Pinned'];

export const streamNameOf = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const sourceName = (options: CreateOptions | UpdateOptions): string => {
  if (options.hasAll()) return '$all';
  return streamNameOf(options.getStream()?.getStreamIdentifier() ?? options.getStreamIdentifier());
};

const strategyName = (settings: Settings): string => {
  const named = 'getConsumerStrategy' in settings ? settings.getConsumerStrategy() : '';
  return named !== '' ? named : (BY_NUMBER[settings.getNamedConsumerStrategy()] ?? 'unknown');
};

const groupSettings = (settings: Settings, fail: (reason: string) => Error): GroupSettings => {
  const strategy = strategyName(settings);
  if (!(STRATEGIES as readonly string[]).includes(strategy))
    throw fail(`Consumer strategy ${strategy} does not exist.`);
  const result: GroupSettings = {
    resolveLinks: settings.getResolveLinks(),
    extraStatistics: settings.getExtraStatistics(),
    messageTimeoutMs: settings.hasMessageTimeoutTicks()
      ? Number(settings.getMessageTimeoutTicks()) / TICKS_PER_MS
      : settings.getMessageTimeoutMs(),
    maxRetryCount: settings.getMaxRetryCount(),
    checkpointAfterMs: settings.hasCheckpointAfterTicks()
      ? Number(settings.getCheckpointAfterTicks()) / TICKS_PER_MS
      : settings.getCheckpointAfterMs(),
    checkpointLowerBound: settings.getMinCheckpointCount(),
    checkpointUpperBound: settings.getMaxCheckpointCount(),
    maxSubscribers: settings.getMaxSubscriberCount(),
    liveBufferSize: settings.getLiveBufferSize(),
    readBatchSize: settings.getReadBatchSize(),
    historyBufferSize: settings.getHistoryBufferSize(),
    strategy: strategy as Strategy,
  };
  if (result.readBatchSize < 1 || result.historyBufferSize < 1 || result.liveBufferSize < 1)
    throw fail('Buffer sizes must be positive.');
  if (result.readBatchSize >= result.historyBufferSize)
    throw fail('Read batch size must be less than the history buffer size.');
  return result;
};

type Start = Pick<GroupConfig, 'startFrom' | 'firstCursor'>;

const streamStart = (
  log: EventLog,
  source: string,
  options: CreateOptions | UpdateOptions,
  settings: Settings,
): Start => {
  const stream = options.getStream();
  const revision = stream
    ? stream.hasEnd()
      ? UINT64_MAX
      : stream.hasRevision()
        ? stream.getRevision()
        : '0'
    : settings.getRevision();
  if (revision === UINT64_MAX) return { startFrom: 'end', firstCursor: log.heads.committed(source).last + 1 };
  const first = Number(revision);
  return { startFrom: first === 0 ? 'start' : first, firstCursor: first };
};

const allStart = (log: EventLog, options: CreateOptions | UpdateOptions, fail: (reason: string) => Error): Start => {
  const all = options.getAll();
  if (!all || all.hasEnd()) return { startFrom: 'end', firstCursor: log.committedEnd };
  const position = all.getPosition();
  if (!position) return { startFrom: 'start', firstCursor: 0 };
  const commit = Number(position.getCommitPosition());
  if (commit < Number(position.getPreparePosition()))
    throw invalidArgument('The commit position cannot be less than the prepare position');
  if (commit > log.committedEnd) throw fail('The start position is beyond the end of the log.');
  return { startFrom: commit === 0 ? 'start' : commit, firstCursor: commit };
};

/** The group that a create or update request asks for. */
export const groupConfig = (log: EventLog, options: CreateOptions | UpdateOptions): GroupConfig => {
  const source = sourceName(options);
  const group = options.getGroupName();
  const settings = options.getSettings();
  const fail = (reason: string) => groupFailed(source, group, reason);
  if (source === '' || group === '') throw fail('The stream and the group need names.');
  if (source === '$all' && !options.hasAll()) throw fail('$all is subscribed to with the all option, not as a stream.');
  if (!settings) throw invalidArgument('Settings are missing.');
  const all = options.getAll();
  const filter = all && 'getFilter' in all ? all.getFilter() : undefined;
  eventFilter(filter);
  const start = source === '$all' ? allStart(log, options, fail) : streamStart(log, source, options, settings);
  return {
    source,
    group,
    settings: groupSettings(settings, fail),
    ...start,
    ...(filter && { filter: filterSpec(filter) }),
  };
};
