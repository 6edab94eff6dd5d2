import { MonitoringService } from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import monitoringPb from '@eventstore/db-client/generated/monitoring_pb.js';
import type { Server, ServerWritableStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Statistics } from '../operations/statistics.ts';
import { streaming } from './handlers.ts';
import type { NodeContext } from './node-context.ts';
import { send } from './send.ts';

const snapshot = (statistics: Statistics): monitoringPb.StatsResp => {
  const response = new monitoringPb.StatsResp();
  for (const { name, value } of statistics.measures())
    response.getStatsMap().set(`es-${name.replaceAll('_', '-')}`, String(value));
  return response;
};

/** Statistics now and then every refresh period, until the client has enough. */
export const addMonitoring = (server: Server, node: NodeContext, statistics: Statistics): void => {
  const methods = {
    stats: (call: ServerWritableStream<monitoringPb.StatsReq, Buffer>) =>
      streaming(node, call, async (_caller, aborted) => {
        const period = Math.max(100, Number(call.request.getRefreshTimePeriodInMs()));
        while (!aborted.aborted) {
          await send(call, snapshot(statistics) as unknown as Buffer, aborted);
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, period);
            aborted.addEventListener(
              'abort',
              () => {
                clearTimeout(timer);
                resolve();
              },
              { once: true },
            );
          });
        }
      }),
  };
  server.addService(MonitoringService, methods as unknown as UntypedServiceImplementation);
};
