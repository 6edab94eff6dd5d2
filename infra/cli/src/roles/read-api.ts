import { createHealth, startHealthServer } from '@cargoro/infra/health';
import type { RoleStart } from './index.ts';
import { createReadSide } from './read-side.ts';

/** Reading for analysts and auditors over HTTP. */
export const start: RoleStart = async (parts, { port, host }) => {
  const readSide = createReadSide(parts);
  const health = createHealth({ role: 'read-api', pings: parts.pings, states: parts.stateReaders });
  const server = await startHealthServer(health, parts.metrics, { port, host });
  return {
    port: server.port,
    stop: async () => {
      await server.stop();
      await readSide.stop();
    },
  };
};
