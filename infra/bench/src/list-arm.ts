import { type Arm, type Outcome, serveArm } from './arm.ts';
import { pageSize, workshops } from './board-table.ts';
import { startLoad } from './load.ts';
import type { LoadRequest } from './load-client.ts';

export type ListServer = {
  readonly port: number;
  /** The request for the list of one workshop. */
  readonly requestFor: (workshop: number) => Omit<LoadRequest, 'expect'>;
  stop(): Promise<void>;
};

/** An arm of B8: a server in this process, loaded from another one over 32 connections. */
export const serveListArm = (start: (options: Record<string, unknown>) => Promise<ListServer>): void => {
  let server: ListServer;
  let count = 0;
  const load = startLoad();
  const arm: Arm = {
    setup: async (options) => {
      count = Number(options.count);
      server = await start(options);
    },
    run: async (): Promise<Outcome> => {
      const expect = { text: '"plate"', times: pageSize };
      const requests = Array.from({ length: workshops }, (_, n) => ({ ...server.requestFor(n), expect }));
      const latenciesMs = await load.send({ port: server.port, connections: 32, count, requests });
      return { ops: count, latenciesMs, verified: `${count} lists of ${pageSize} cards` };
    },
    teardown: async () => {
      load.stop();
      await server.stop();
    },
  };
  serveArm(arm);
};
