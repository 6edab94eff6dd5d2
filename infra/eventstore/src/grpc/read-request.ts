import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import { compileFilter, type EventFilter, type FilterSpec } from '../streams/filter.ts';
import type { UuidForm } from '../wire/read-responses.ts';
import { GrpcFailure, invalidArgument } from './errors.ts';

type Options = streamsPb.ReadReq.Options;

/** Where a read starts: a revision or a log position, or one of the ends. */
export type ReadStart = 'start' | 'end' | number;

export interface Checkpoints {
  /** Considered events between two checkpoints. */
  readonly interval: number;
}

export interface ReadPlan {
  readonly stream: string | '$all';
  readonly start: ReadStart;
  readonly backwards: boolean;
  readonly count: number;
  readonly resolveLinks: boolean;
  readonly subscription: boolean;
  readonly filter: EventFilter | undefined;
  readonly checkpoints: Checkpoints | undefined;
  readonly uuidForm: UuidForm;
  readonly compatibility: number;
}

const INT64_MAX = 9223372036854775807n;
const UINT64_MAX = 18446744073709551615n;

const revisionStart = (text: string): ReadStart => {
  const revision = BigInt(text);
  if (revision === UINT64_MAX) return 'end';
  if (revision > INT64_MAX) throw new GrpcFailure(status.UNKNOWN, `Revision ${text} is out of range.`);
  return Number(revision);
};

/** Positions beyond the log are legal and mean its end; int64.max is a client's way to say so. */
const positionStart = (commitText: string, prepareText: string): ReadStart => {
  const commit = BigInt(commitText);
  const prepare = BigInt(prepareText);
  if (commit === UINT64_MAX && prepare === UINT64_MAX) return 'end';
  if (commit < prepare) throw invalidArgument('The commit position cannot be less than the prepare position');
  return commit > INT64_MAX ? 'end' : Number(commit);
};

const startOf = (options: Options): { stream: string; start: ReadStart } => {
  const stream = options.getStream();
  if (stream) {
    const name = Buffer.from(stream.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
    if (stream.hasEnd()) return { stream: name, start: 'end' };
    return { stream: name, start: stream.hasRevision() ? revisionStart(stream.getRevision()) : 'start' };
  }
  const all = options.getAll();
  if (!all) throw invalidArgument('A read names a stream or $all.');
  if (all.hasEnd()) return { stream: '$all', start: 'end' };
  const position = all.getPosition();
  return {
    stream: '$all',
    start: position ? positionStart(position.getCommitPosition(), position.getPreparePosition()) : 'start',
  };
};

type FilterMessage = streamsPb.ReadReq.Options.FilterOptions;

export interface Expression {
  getRegex(): string;
  getPrefixList(): string[];
}

interface FilterExpressions {
  getStreamIdentifier(): Expression | undefined;
  getEventType(): Expression | undefined;
}

export const filterSpec = (filter: FilterExpressions): FilterSpec => {
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  if (!expression) throw invalidArgument('A filter is on stream names or on event types.');
  return { on: byStream ? 'stream' : 'type', regex: expression.getRegex(), prefixes: expression.getPrefixList() };
};

export const eventFilter = (filter: FilterExpressions | undefined): EventFilter | undefined => {
  if (!filter) return undefined;
  try {
    return compileFilter(filterSpec(filter));
  } catch (reason) {
    throw reason instanceof SyntaxError ? invalidArgument(`Invalid regular expression: ${reason.message}`) : reason;
  }
};

const DEFAULT_WINDOW = 32;

const checkpointsOf = (filter: FilterMessage | undefined): Checkpoints | undefined => {
  if (!filter) return undefined;
  const window = filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (multiplier === 0) throw invalidArgument('checkpointIntervalMultiplier must be greater than 0.');
  return { interval: Math.max(1, window) * multiplier };
};

export const readPlan = (request: streamsPb.ReadReq): ReadPlan => {
  const options = request.getOptions();
  if (!options) throw invalidArgument('Read options are missing.');
  const uuid = options.getUuidOption();
  if (!uuid) throw invalidArgument('uuid_option is missing.');
  const subscription = options.hasSubscription();
  const filter = options.getFilter();
  return {
    ...startOf(options),
    backwards: options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS,
    count: subscription ? Number.MAX_SAFE_INTEGER : Number(options.getCount()),
    resolveLinks: options.getResolveLinks(),
    subscription,
    filter: eventFilter(filter),
    checkpoints: subscription ? checkpointsOf(filter) : undefined,
    uuidForm: uuid.hasString() ? 'string' : 'structured',
    compatibility: options.getControlOption()?.getCompatibility() ?? 0,
  };
};
