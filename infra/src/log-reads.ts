import type { EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import service from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import { callsOf, openCall } from './log-calls.ts';
import { decodeReadResp, type ReadMessage } from './read-decoder.ts';

/**
 * Reads of the log over the official client's own connection (its discovery, credentials, keep-alive and reconnection),
 * with `decodeReadResp` in place of the generated classes: two to three times the events per second. Events,
 * checkpoints and `caughtUp` arrive in one stream in the server's order.
 */
const { Empty, StreamIdentifier } = shared;
const { ReadReq } = streams;
type Options = InstanceType<typeof ReadReq.Options>;
export type ReadCall = ClientReadableStream<ReadMessage>;

const reads = callsOf('read', { ...(service.StreamsService.read as object), responseDeserialize: decodeReadResp });

const open = (client: EventStoreDBClient, name: string, options: Options): Promise<ReadCall> => {
  const uuids = new ReadReq.Options.UUIDOption();
  uuids.setString(new Empty());
  options.setUuidOption(uuids);
  const request = new ReadReq();
  request.setOptions(options);
  return openCall<ReadCall>(client, reads, name, (call, ...args) => call(request, ...args));
};

const unfiltered = (): Options => {
  const options = new ReadReq.Options();
  options.setNoFilter(new Empty());
  options.setCount(Number.MAX_SAFE_INTEGER.toString());
  return options;
};

const fromAfter = (options: Options, after: bigint | undefined): Options => {
  const all = new ReadReq.Options.AllOptions();
  if (after === undefined) all.setStart(new Empty());
  else {
    const position = new ReadReq.Options.Position();
    position.setCommitPosition(after.toString());
    position.setPreparePosition(after.toString());
    all.setPosition(position);
  }
  options.setAll(all);
  return options;
};

export const readStream = (client: EventStoreDBClient, stream: string, fromRevision: bigint): Promise<ReadCall> => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString('base64'));
  const from = new ReadReq.Options.StreamOptions();
  from.setStreamIdentifier(identifier);
  from.setRevision(fromRevision.toString());
  const options = unfiltered();
  options.setStream(from);
  return open(client, 'readStream', options);
};

/** Up to the log's present end. The event at `after` itself comes first: the caller leaves it out. */
export const readAll = (client: EventStoreDBClient, after: bigint | undefined): Promise<ReadCall> =>
  open(client, 'readAll', fromAfter(unfiltered(), after));

/** What the server is to send of the log: event types or stream names that match, as it understands them. */
export type ServerFilter = {
  readonly on: 'eventType' | 'stream';
  readonly regex?: string;
  readonly prefixes?: string[];
};

/** For ever, from behind `after` on; a checkpoint at least every 32 events considered. */
export const subscribeToAll = (
  client: EventStoreDBClient,
  { after, filter }: { after: bigint | undefined; filter: ServerFilter },
): Promise<ReadCall> => {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  if (filter.regex) expression.setRegex(filter.regex);
  if (filter.prefixes) expression.setPrefixList(filter.prefixes);
  const filters = new ReadReq.Options.FilterOptions();
  if (filter.on === 'eventType') filters.setEventType(expression);
  else filters.setStreamIdentifier(expression);
  filters.setCount(new Empty());
  filters.setCheckpointintervalmultiplier(1);
  const options = fromAfter(new ReadReq.Options(), after);
  options.setSubscription(new ReadReq.Options.SubscriptionOptions());
  options.setFilter(filters);
  return open(client, 'subscribeToAll', options);
};
