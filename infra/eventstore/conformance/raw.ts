import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { MonitoringClient } from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import { OperationsClient } from '@eventstore/db-client/generated/operations_grpc_pb.js';
import { PersistentSubscriptionsClient } from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { UsersClient } from '@eventstore/db-client/generated/users_grpc_pb.js';
import { type Client, credentials, Metadata as GrpcMetadata, type Metadata, type ServiceError } from '@grpc/grpc-js';

/** The protocol without the official client in between, for what that hides or never does. */
export class RawNode {
  readonly address: string;
  readonly secure: boolean;
  private readonly login: string | undefined;
  private readonly ca: Buffer | null;
  private readonly opened: Client[] = [];

  constructor(url: string) {
    const parsed = new URL(url.replace(/^esdb(\+discover)?:/, 'http:'));
    this.address = parsed.host;
    this.secure = parsed.searchParams.get('tls') !== 'false';
    this.login =
      parsed.username === ''
        ? undefined
        : `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`;
    const caFile = parsed.searchParams.get('tlsCAFile');
    this.ca = caFile === null ? null : readFileSync(caFile);
  }

  private open<T extends Client>(
    Service: new (address: string, creds: ReturnType<typeof credentials.createInsecure>) => T,
  ): T {
    const client = new Service(
      this.address,
      this.secure ? credentials.createSsl(this.ca) : credentials.createInsecure(),
    );
    this.opened.push(client);
    return client;
  }

  readonly metadata = (extra: Readonly<Record<string, string>> = {}): Metadata => {
    const metadata = new GrpcMetadata();
    if (this.login) metadata.set('authorization', `Basic ${Buffer.from(this.login).toString('base64')}`);
    for (const [name, value] of Object.entries(extra)) metadata.set(name, value);
    return metadata;
  };

  streams = (): StreamsClient => this.open(StreamsClient);
  persistent = (): PersistentSubscriptionsClient => this.open(PersistentSubscriptionsClient);
  features = (): ServerFeaturesClient => this.open(ServerFeaturesClient);
  gossip = (): GossipClient => this.open(GossipClient);
  users = (): UsersClient => this.open(UsersClient);
  operations = (): OperationsClient => this.open(OperationsClient);
  monitoring = (): MonitoringClient => this.open(MonitoringClient);

  /** HTTP/1.1 on the same port; resolves with the status. */
  http(method: string, path: string, given: Readonly<Record<string, string>> = {}, body = ''): Promise<number> {
    const authorization = this.login && `Basic ${Buffer.from(this.login).toString('base64')}`;
    const headers = { ...(authorization && { authorization }), ...given };
    return new Promise((resolve, reject) => {
      const request = (this.secure ? requestHttps : requestHttp)(
        `${this.secure ? 'https' : 'http'}://${this.address}${path}`,
        { method, headers, ...(this.ca && { ca: this.ca }) },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', reject).end(body);
    });
  }

  close(): void {
    for (const client of this.opened) client.close();
  }
}

export const identifier = (stream: string): sharedPb.StreamIdentifier =>
  new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream));
export const empty = (): sharedPb.Empty => new sharedPb.Empty();

/** A unary call as a promise. */
export const unary = <T>(call: (callback: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });

/** All messages of a server stream; rejects with its status. */
export const messages = <T>(call: NodeJS.ReadableStream): Promise<T[]> =>
  new Promise((resolve, reject) => {
    const received: T[] = [];
    call.on('data', (message: T) => received.push(message));
    call.on('error', reject);
    call.on('end', () => resolve(received));
  });

export const proposed = (
  id: string,
  data: string,
  fields: Readonly<Record<string, string>> = { type: 'Raw', 'content-type': 'application/json' },
): streamsPb.BatchAppendReq.ProposedMessage => {
  const message = new streamsPb.BatchAppendReq.ProposedMessage()
    .setId(new sharedPb.UUID().setString(id))
    .setData(Buffer.from(data));
  for (const [name, value] of Object.entries(fields)) message.getMetadataMap().set(name, value);
  return message;
};

export const readRequest = (configure: (options: streamsPb.ReadReq.Options) => void): streamsPb.ReadReq => {
  const options = new streamsPb.ReadReq.Options()
    .setCount('1000')
    .setNoFilter(empty())
    .setReadDirection(streamsPb.ReadReq.Options.ReadDirection.FORWARDS)
    .setUuidOption(new streamsPb.ReadReq.Options.UUIDOption().setString(empty()));
  configure(options);
  return new streamsPb.ReadReq().setOptions(options);
};
