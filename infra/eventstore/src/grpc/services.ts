import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { MonitoringService } from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import { OperationsService } from '@eventstore/db-client/generated/operations_grpc_pb.js';
import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import { ProjectionsService } from '@eventstore/db-client/generated/projections_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb.js';
import { Server } from '@grpc/grpc-js';
import type { Scavenger } from '../operations/scavenge.ts';
import type { Statistics } from '../operations/statistics.ts';
import type { ProjectionRunner } from '../projections/projection-runner.ts';
import type { Users } from '../users/users.ts';
import { addServerFeatures } from './features-service.ts';
import { addGossip, type Member } from './gossip-service.ts';
import { addMonitoring } from './monitoring-service.ts';
import type { NodeContext } from './node-context.ts';
import { addOperations } from './operations-service.ts';
import { addPersistentSubscriptions } from './persistent-service.ts';
import { addProjections } from './projections-service.ts';
import { addStreams } from './streams-service.ts';
import { addUsers } from './users-service.ts';

export interface NodeParts {
  readonly users: Users;
  readonly scavenger: Scavenger;
  readonly statistics: Statistics;
  readonly projections: readonly ProjectionRunner[];
  readonly members: () => readonly Member[];
  readonly shutdown: () => void;
}

const ALL = [
  StreamsService,
  PersistentSubscriptionsService,
  UsersService,
  OperationsService,
  MonitoringService,
  ProjectionsService,
  GossipService,
];

/** A gRPC server with every service of the protocol. A message may be as large as the real server allows. */
export const createGrpc = (node: NodeContext, parts: NodeParts): Server => {
  const server = new Server({
    'grpc.max_receive_message_length': 17 * 1024 * 1024,
    'grpc.max_send_message_length': -1,
  });
  addStreams(server, node);
  addPersistentSubscriptions(server, node);
  addUsers(server, node, parts.users);
  addOperations(server, node, parts.scavenger, parts.shutdown);
  addMonitoring(server, node, parts.statistics);
  addProjections(server, node, parts.projections);
  addGossip(server, parts.members);
  addServerFeatures(server, ALL);
  return server;
};
