import { createPushRegistry, devMessages } from '@cargoro/commands';
import { personas } from '@cargoro/demo';
import { aggregates } from '@cargoro/domain';
import { type FileDeps, startGateway } from '@cargoro/gateway';
import type { DevUser } from '@cargoro/gateway/auth';
import { createUploadLinks } from '@cargoro/infra/files/upload-link';
import { createUploads } from '@cargoro/infra/files/uploads';
import { addHealthRoutes, createHealth } from '@cargoro/infra/health';
import {
  createAuditSamples,
  createBreakGlass,
  createFileAccess,
  createPdfDocuments,
  createPositionAccess,
  createPositions,
  type Positions,
  queries,
  type ReadApi,
  subscriptions,
} from '@cargoro/read-api';
import { apiKeysIn } from './api-keys.ts';
import type { RoleStart } from './index.ts';
import type { Parts } from './parts.ts';
import { createReadSide } from './read-side.ts';
import { sessionOf } from './session.ts';
import { createWriteSide } from './write-side.ts';

const devUsers: readonly DevUser[] = personas.map(({ user, userId, name, role, org }) => ({
  user,
  userId,
  name,
  role,
  ...(org && { orgId: org.id, orgName: org.name }),
}));

/** GraphQL over HTTP and WebSocket; sends commands and reads in this process. */
export const start: RoleStart = async (parts, { port, host }) => {
  const { config, logger, metrics } = parts;
  const [writeSide, readSide, { session, localIssuer }, bus] = await Promise.all([
    createWriteSide(parts),
    createReadSide(parts),
    sessionOf(parts),
    parts.bus(),
  ]);
  const health = createHealth({ role: 'gateway', pings: parts.pings, states: parts.stateReaders });
  const secret = config.masterKey?.toString('base64');
  const positions = createPositions({ readApi: readSide.readApi, postgres: parts.postgres });
  const gateway = await startGateway(
    {
      aggregates,
      queries,
      subscriptions,
      commands: writeSide.commands,
      readApi: readSide.readApi,
      bus,
      session,
      localIssuer,
      devUsers: localIssuer && devUsers,
      devInbox: localIssuer && (() => devMessages(parts.postgres)),
      findApiKey: apiKeysIn(parts.postgres),
      masterKey: secret,
      files: secret === undefined ? undefined : filesOf(parts, readSide.readApi, positions, secret),
      positions,
      positionAccess: createPositionAccess({ readApi: readSide.readApi, postgres: parts.postgres }),
      breakGlass: createBreakGlass({ log: parts.log, readApi: readSide.readApi }),
      auditSamples: createAuditSamples({ pool: parts.postgres.pool, log: parts.log }),
      push: pushOf(parts),
      pdfDocuments: createPdfDocuments({ ...parts, readApi: readSide.readApi }),
      webOrigins: config.webOrigin ? [config.webOrigin] : localOrigins,
      production: config.production,
      logger,
      operations: (app, counts) => {
        addHealthRoutes(app, health, metrics);
        const live = metrics.gauge('cargoro_gateway_live', 'Sockets, subscriptions and groups of them', ['what']);
        setInterval(
          () => Object.entries(counts()).forEach(([what, count]) => void live.set({ what }, count)),
          5_000,
        ).unref();
      },
    },
    { port, host },
  );
  return {
    port: gateway.port,
    health,
    sockets: () => gateway.stats().sockets,
    stop: async () => {
      await gateway.stop();
      await readSide.stop();
      await writeSide.stop();
    },
  };
};

const filesOf = ({ files, postgres }: Parts, readApi: ReadApi, positions: Positions, secret: string): FileDeps => {
  const uploads = createUploads(postgres);
  return { files, uploads, links: createUploadLinks(secret), access: createFileAccess(readApi, uploads, positions) };
};

const pushOf = ({ config, log, vault, postgres }: Parts) => {
  const publicKey = config.notices.webPush?.publicKey;
  return publicKey === undefined ? undefined : createPushRegistry({ log, vault, postgres, publicKey });
};

/** Pages of this machine, whichever port the web was given. */
const localOrigins = Array.from({ length: 100 }, (_, n) => [
  `http://localhost:${3000 + n}`,
  `http://127.0.0.1:${3000 + n}`,
]).flat();
