import { join } from 'node:path';
import { startEventStore } from '@cargoro/eventstore';
import type { RoleStart } from './index.ts';

/** The embedded event store; its health is answered on its own port. */
export const start: RoleStart = async ({ config }, { port }) => {
  const node = await startEventStore({ dataDir: join(config.dataDir, 'eventstore'), port, host: '127.0.0.1' });
  return { port: node.port, stop: node.stop };
};
