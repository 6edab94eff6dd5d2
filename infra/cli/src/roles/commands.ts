import { startCommandsApi, startProcesses } from '@cargoro/commands';
import { aggregates } from '@cargoro/domain';
import { addHealthRoutes, createHealth } from '@cargoro/infra/health';
import { appVersion } from '../version.ts';
import type { RoleStart } from './index.ts';
import { actorOfHeader } from './session.ts';
import { createWriteSide } from './write-side.ts';

/** The write side over HTTP, and the runner of follow-ups; of copies, one runs the latter at a time. */
export const start: RoleStart = async (parts, { port, host, contexts }) => {
  const { commands, stop } = createWriteSide(parts);
  const served = contexts ? aggregates.filter(({ context }) => contexts.includes(context)) : aggregates;
  const processes = startProcesses({
    ...parts,
    log: parts.log,
    vault: parts.vault,
    postgres: parts.postgres,
    commands,
  });
  const health = createHealth({
    role: 'commands',
    pings: parts.pings,
    states: [
      () => {
        const { status } = processes.state();
        return {
          part: 'processes',
          status: status === 'stopped' ? 'down' : status === 'waiting' ? 'degraded' : 'up',
          detail: status,
        };
      },
    ],
  });
  const api = await startCommandsApi(
    {
      commands,
      aggregates: served,
      appVersion,
      verifySession: await actorOfHeader(parts),
      extend: (app) => addHealthRoutes(app, health, parts.metrics),
    },
    { port, host },
  );
  return {
    port: api.port,
    stop: async () => {
      await api.stop();
      await processes.stop();
      await stop();
    },
  };
};
