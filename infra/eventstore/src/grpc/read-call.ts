import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Caller } from '../security/access.ts';
import { isMetastream } from '../streams/names.ts';
import type { NodeContext } from './node-context.ts';

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, Buffer>;

export const checkRead = (node: NodeContext, caller: Caller, stream: string): void =>
  node.access.checkStream(caller, isMetastream(stream) ? 'metaRead' : 'read', stream);
