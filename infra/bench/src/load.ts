import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Load } from './load-client.ts';

/** Loads a server of this process from another one; resolves with the latencies in milliseconds. */
export const startLoad = () => {
  const child = fork(fileURLToPath(new URL('./load-client.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    send: async (load: Load): Promise<readonly number[]> => {
      const answered = once(child, 'message');
      child.send(load);
      const [{ latencies, error }] = (await answered) as [{ latencies?: number[]; error?: string }];
      if (!latencies) throw new Error(error);
      return latencies;
    },
    stop: () => child.disconnect(),
  };
};
