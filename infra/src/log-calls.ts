import type { Duplex, Readable } from 'node:stream';
import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  type CallOptions,
  type Client,
  type Metadata,
  makeClientConstructor,
  type ServiceDefinition,
} from '@grpc/grpc-js';

/**
 * The hot calls go over the official client's own connection (its discovery, credentials, keep-alive and reconnection),
 * with codecs of ours in place of the generated classes. What is used of the client is protected there, stable within
 * the pinned version, and covered by our tests.
 */
type Call = (...args: unknown[]) => Readable;
type Calls = Client & Record<string, Call>;
type CallsConstructor = { readonly method: string; readonly Client: new (...args: never[]) => Calls };

type Internals = {
  createChannel(): Promise<{ readonly internalChannel: { readonly options: Record<string, unknown> } }>;
  GRPCStreamCreator<C>(
    client: unknown,
    name: string,
    create: (calls: Calls) => C,
    cache?: WeakMap<Calls, C>,
  ): () => Promise<C>;
  callArguments(base: object, options: CallOptions): [Metadata, CallOptions];
};

/** Bytes the server may send before it hears that earlier ones were read. */
export const readAheadBytes = 256 * 1024;

/**
 * With HTTP/2's own 64 KiB, seventy events, a catch-up waits for a third of its time for the leave to go on, and longer
 * over a network. The client has no setting for it, so each channel is told before it connects.
 */
export const readAhead = (client: EventStoreDBClient): void => {
  const internals = client as unknown as Internals;
  const create = internals.createChannel;
  internals.createChannel = async () => {
    const channel = await create();
    channel.internalChannel.options['grpc-node.flow_control_window'] = readAheadBytes;
    return channel;
  };
};

/** A client class of grpc-js with one method, its codecs replaced. */
export const callsOf = (method: string, definition: object): CallsConstructor => ({
  method,
  Client: makeClientConstructor({ [method]: definition } as ServiceDefinition, 'Streams') as never,
});

/** Opens a streaming call; with a cache, the open one is shared until it ends. */
export const openCall = <C extends Readable | Duplex>(
  client: EventStoreDBClient,
  { method, Client: Calls }: CallsConstructor,
  name: string,
  start: (call: (...args: unknown[]) => C, metadata: Metadata, options: CallOptions) => C,
  cache?: WeakMap<Calls, C>,
): Promise<C> => {
  const internals = client as unknown as Internals;
  const create = (calls: Calls): C =>
    start(
      (calls[method] as Call).bind(calls) as (...args: unknown[]) => C,
      ...internals.callArguments({}, { deadline: Number.POSITIVE_INFINITY }),
    );
  return internals.GRPCStreamCreator<C>(Calls, name, create, cache)();
};
