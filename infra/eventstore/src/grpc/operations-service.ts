import { OperationsService } from '@eventstore/db-client/generated/operations_grpc_pb.js';
import operationsPb from '@eventstore/db-client/generated/operations_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { type Server, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Scavenger } from '../operations/scavenge.ts';
import { GrpcFailure } from './errors.ts';
import { unary } from './handlers.ts';
import type { NodeContext } from './node-context.ts';

const OPERATORS = ['$admins', '$ops'];
const { ScavengeResult } = operationsPb.ScavengeResp;

const scavengeMissing = (id: string): GrpcFailure =>
  new GrpcFailure(status.NOT_FOUND, 'Scavenge not found.', { exception: 'scavenge-not-found', 'scavenge-id': id });

export const addOperations = (server: Server, node: NodeContext, scavenger: Scavenger, shutdown: () => void): void => {
  const operator = <Request, Response>(run: (request: Request) => Promise<Response> | Response) =>
    unary(node, (request: Request, caller) => {
      node.access.checkRole(caller, OPERATORS);
      return run(request);
    });
  const nothing = operator(() => new sharedPb.Empty());
  const methods = {
    startScavenge: operator(() => {
      const { id, alreadyRunning } = scavenger.start();
      return new operationsPb.ScavengeResp()
        .setScavengeId(id)
        .setScavengeResult(alreadyRunning ? ScavengeResult.INPROGRESS : ScavengeResult.STARTED);
    }),
    stopScavenge: operator(async (request: operationsPb.StopScavengeReq) => {
      const id = request.getOptions()?.getScavengeId() ?? '';
      const running = scavenger.runningId;
      if (running === undefined || (id !== running && id !== 'current')) throw scavengeMissing(id);
      await scavenger.stop(running);
      return new operationsPb.ScavengeResp().setScavengeId(running).setScavengeResult(ScavengeResult.STOPPED);
    }),
    shutdown: operator(() => {
      setImmediate(shutdown);
      return new sharedPb.Empty();
    }),
    // One node has one index, no other leader to resign to and nobody to compare priorities with.
    mergeIndexes: nothing,
    resignNode: nothing,
    setNodePriority: nothing,
    restartPersistentSubscriptions: operator(async () => {
      await node.subscriptions.restart();
      return new sharedPb.Empty();
    }),
  };
  server.addService(OperationsService, methods as unknown as UntypedServiceImplementation);
};
