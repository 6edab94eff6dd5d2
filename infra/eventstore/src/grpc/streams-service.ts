import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Server, UntypedServiceImplementation } from '@grpc/grpc-js';
import { decodeAppend, decodeBatchAppend } from '../wire/append-messages.ts';
import { appendService } from './append-service.ts';
import { batchAppendService } from './batch-append-service.ts';
import { deleteService, tombstoneService } from './delete-service.ts';
import { unary } from './handlers.ts';
import type { NodeContext } from './node-context.ts';
import { readService } from './read-service.ts';

const asIs = (bytes: Buffer): Buffer => bytes;

/** The generated definition, with the hand-written codec in the place of the generated one on the hot messages. */
const definition = {
  ...StreamsService,
  append: { ...StreamsService.append, requestDeserialize: decodeAppend, responseSerialize: asIs },
  batchAppend: { ...StreamsService.batchAppend, requestDeserialize: decodeBatchAppend, responseSerialize: asIs },
  read: { ...StreamsService.read, responseSerialize: asIs },
};

export const addStreams = (server: Server, node: NodeContext): void => {
  const methods = {
    append: appendService(node),
    batchAppend: batchAppendService(node),
    read: readService(node),
    delete: unary(node, deleteService(node)),
    tombstone: unary(node, tombstoneService(node)),
  };
  server.addService(definition, methods as unknown as UntypedServiceImplementation);
};
