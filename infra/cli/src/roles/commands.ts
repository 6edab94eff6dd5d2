import {
  agendaState,
  deadLetter,
  legalReport,
  startCommandsApi,
  startFiling,
  startJobs,
  startProcesses,
} from '@cargoro/commands';
import { aggregates, processes } from '@cargoro/domain';
import { addHealthRoutes, createHealth } from '@cargoro/infra/health';
import { createDrawing } from '@cargoro/read-api';
import { appVersion } from '../version.ts';
import type { RoleStart } from './index.ts';
import { startNotices } from './notices.ts';
import { startPositions } from './positions.ts';
import { actorOfHeader } from './session.ts';
import { createWriteSide } from './write-side.ts';

/** The write side over HTTP, and the runners of processes and their jobs; of copies, one runs the latter at a time. */
export const start: RoleStart = async (parts, { port, host, contexts }) => {
  const { commands, stop } = createWriteSide(parts);
  const served = contexts ? aggregates.filter(({ context }) => contexts.includes(context)) : aggregates;
  const { log, vault, postgres, logger } = parts;
  const runner = startProcesses({ ...parts, ...{ log, vault, postgres, commands, processes, aggregates } });
  const queue = await parts.workQueue();
  const jobs = startJobs({
    ...{ log, commands, postgres, logger, processes, queue },
    handlers: { legalReport, deadLetter: deadLetter(postgres) },
  });
  const filing = startFiling({ ...parts, commands, draw: createDrawing(parts) });
  const positions = await startPositions(parts, commands);
  const notices = startNotices(parts);
  const health = createHealth({
    role: 'commands',
    pings: parts.pings,
    reports: { work: () => agendaState(postgres, new Date().toISOString()) },
    states: [
      queue.state,
      () => {
        const { status } = runner.state();
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
      positions: positions.intake,
      extend: (app) => addHealthRoutes(app, health, parts.metrics),
    },
    { port, host },
  );
  return {
    port: api.port,
    health,
    deadLetters: async () => {
      const [row] = await postgres.query<{ count: number }>('select count(*)::int as count from process_dead_letter');
      return row?.count ?? 0;
    },
    stop: async () => {
      await api.stop();
      await Promise.all([runner.stop(), jobs.stop(), filing.stop(), positions.stop(), notices.stop()]);
      await stop();
    },
  };
};
