import type { Commands } from '@cargoro/commands';
import { addHealthRoutes, createHealth } from '@cargoro/infra/health';
import { type RecordExport, startReadApi } from '@cargoro/read-api';
import { appVersion } from '../version.ts';
import type { RoleStart } from './index.ts';
import { createReadSide } from './read-side.ts';
import { actorOfHeader } from './session.ts';
import { createWriteSide } from './write-side.ts';

/** Reading for analysts and auditors over HTTP. */
export const start: RoleStart = async (parts, { port, host }) => {
  const readSide = createReadSide(parts);
  const writeSide = createWriteSide(parts);
  const health = createHealth({ role: 'read-api', pings: parts.pings, states: parts.stateReaders });
  const api = await startReadApi(
    {
      readApi: readSide.readApi,
      appVersion,
      verifySession: await actorOfHeader(parts),
      recordExport: recordExportBy(writeSide.commands),
      onBreakGlass: (reading) => parts.logger.info(reading, 'Read by emergency access'),
      extend: (app) => addHealthRoutes(app, health, parts.metrics),
      pool: parts.postgres.pool,
      log: parts.log,
      vault: parts.vault,
      files: parts.files,
    },
    { port, host },
  );
  return {
    port: api.port,
    health,
    stop: async () => {
      await api.stop();
      await readSide.stop();
      await writeSide.stop();
    },
  };
};

const recordExportBy =
  ({ dispatch }: Commands): RecordExport =>
  async (input, actor) => {
    const outcome = await dispatch({ type: 'RecordExport', commandId: input.exportId, actor, input });
    if (outcome.kind === 'rejected') throw new Error(`The export was not recorded: ${outcome.code}`);
  };
