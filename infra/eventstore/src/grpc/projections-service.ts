import { ProjectionsService } from '@eventstore/db-client/generated/projections_grpc_pb.js';
import projectionsPb from '@eventstore/db-client/generated/projections_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { type Server, type ServerWritableStream, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import structPb from 'google-protobuf/google/protobuf/struct_pb.js';
import type { ProjectionRunner } from '../projections/projection-runner.ts';
import { GrpcFailure } from './errors.ts';
import { streaming, unary } from './handlers.ts';
import type { NodeContext } from './node-context.ts';

const OPERATORS = ['$admins', '$ops'];

const unimplemented = (): GrpcFailure =>
  new GrpcFailure(
    status.UNIMPLEMENTED,
    'User-defined projections are not part of this node: use $by_category, $by_event_type, $streams or $stream_by_category, or a subscription of your own.',
  );

const find = (runners: readonly ProjectionRunner[], name: string): ProjectionRunner => {
  const runner = runners.find((candidate) => candidate.name === name);
  if (!runner) throw new GrpcFailure(status.NOT_FOUND, `Projection '${name}' not found`);
  return runner;
};

const details = (node: NodeContext, runner: ProjectionRunner): projectionsPb.StatisticsResp => {
  const end = node.log.committedEnd;
  const progress = end === 0 ? 100 : Math.min(100, (runner.cursor / end) * 100);
  const position = `C:${runner.cursor}/P:${runner.cursor}`;
  return new projectionsPb.StatisticsResp().setDetails(
    new projectionsPb.StatisticsResp.Details()
      .setName(runner.name)
      .setEffectivename(runner.name)
      .setStatus(runner.status)
      .setStatereason(runner.reason)
      .setMode('Continuous')
      .setPosition(position)
      .setLastcheckpoint(position)
      .setProgress(progress)
      .setVersion('0')
      .setEpoch('-1')
      .setCoreprocessingtime('0')
      .setEventsprocessedafterrestart(String(runner.processed))
      .setBufferedevents('0'),
  );
};

type Named = { getName(): string };

export const addProjections = (server: Server, node: NodeContext, runners: readonly ProjectionRunner[]): void => {
  const operator = <Request extends { getOptions(): Named | undefined }, Response>(
    run: (runner: ProjectionRunner, request: Request) => Promise<Response> | Response,
  ) =>
    unary(node, async (request: Request, caller) => {
      node.access.checkRole(caller, OPERATORS);
      return run(find(runners, request.getOptions()?.getName() ?? ''), request);
    });
  const emptyObject = () => new structPb.Value().setStructValue(new structPb.Struct());
  const refuse = unary(node, () => {
    throw unimplemented();
  });
  const methods = {
    create: refuse,
    update: operator<projectionsPb.UpdateReq, never>(() => {
      throw unimplemented();
    }),
    delete: operator<projectionsPb.DeleteReq, never>((runner) => {
      throw new GrpcFailure(
        status.FAILED_PRECONDITION,
        `Projection '${runner.name}' is a system projection and cannot be deleted.`,
      );
    }),
    enable: operator<projectionsPb.EnableReq, projectionsPb.EnableResp>(async (runner) => {
      await runner.enable();
      return new projectionsPb.EnableResp();
    }),
    disable: operator<projectionsPb.DisableReq, projectionsPb.DisableResp>(async (runner, request) => {
      await runner.disable(request.getOptions()?.getWriteCheckpoint() ? 'Stopped' : 'Aborted');
      return new projectionsPb.DisableResp();
    }),
    reset: operator<projectionsPb.ResetReq, never>((runner) => {
      throw new GrpcFailure(
        status.FAILED_PRECONDITION,
        `Projection '${runner.name}' writes links only and would write them twice.`,
      );
    }),
    state: operator<projectionsPb.StateReq, projectionsPb.StateResp>(() =>
      new projectionsPb.StateResp().setState(emptyObject()),
    ),
    result: operator<projectionsPb.ResultReq, projectionsPb.ResultResp>(() =>
      new projectionsPb.ResultResp().setResult(emptyObject()),
    ),
    statistics: (call: ServerWritableStream<projectionsPb.StatisticsReq, Buffer>) =>
      streaming(node, call, async () => {
        const options = call.request.getOptions();
        const one = options?.hasName() ? [find(runners, options.getName())] : undefined;
        const wanted = one ?? (options?.hasTransient() || options?.hasOneTime() ? [] : runners);
        for (const runner of wanted) call.write(details(node, runner) as unknown as Buffer);
      }),
    restartSubsystem: unary(node, async (_request: sharedPb.Empty, caller) => {
      node.access.checkRole(caller, OPERATORS);
      return new sharedPb.Empty();
    }),
  };
  server.addService(ProjectionsService, methods as unknown as UntypedServiceImplementation);
};
