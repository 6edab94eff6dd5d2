import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { aggregates } from '@cargoro/domain';
import { startGateway } from '@cargoro/gateway';
import { openLocalIssuer } from '@cargoro/gateway/auth';
import { createEventLog } from '@cargoro/infra/event-log';
import { createPostgres } from '@cargoro/infra/postgres';
import { createReadApi, queries, subscriptions } from '@cargoro/read-api';
import { cardColumns, orgOf, pageSize, workshopOf } from '../board-table.ts';
import { serveListArm } from '../list-arm.ts';
import { openVault, quietBus } from '../stand-ins.ts';
import { uuidOf } from '../workload.ts';

// The product's gateway, whole: signed tokens, tenancy, row-level security, limits. Nothing is cached between requests.
const query = `query Board($workshopId: String!, $first: Int) { workshopBoard(workshopId: $workshopId, first: $first) {
  edges { node { ${Object.keys(cardColumns).join(' ')} } } pageInfo { hasNextPage endCursor } } }`;

serveListArm(async (options) => {
  const postgres = createPostgres({ url: String(options.databaseUrl), max: 2 });
  const readers = createPostgres({ url: String(options.databaseUrl), max: 10, pipeline: true });
  const log = createEventLog({ url: String(options.eventStoreUrl) });
  const localIssuer = await openLocalIssuer(mkdtempSync(join(String(options.dir), 'issuer-')));
  const readApi = createReadApi({ readers: readers.pool, pool: postgres.pool, log, vault: openVault });
  const commands = { dispatch: () => Promise.reject(new Error('B8 only reads')), load: async () => undefined as never };
  const gateway = await startGateway(
    {
      ...{ aggregates, queries, subscriptions, commands, readApi, bus: quietBus, localIssuer, webOrigins: [] },
      session: { jwtKey: localIssuer.jwtKey, issuer: localIssuer.issuer },
      production: false,
    },
    { port: 0, host: '127.0.0.1' },
  );
  const name = { ko: '어드바이저', en: 'Advisor' };
  const tokenOf = (n: number) =>
    localIssuer.mint(
      { user: `advisor.${n}`, name, userId: uuidOf(`advisor/${n}`), orgId: orgOf(n), role: 'SERVICE_ADVISOR' },
      { lifeSeconds: 3_600 },
    ).token;
  const tokens = new Map<number, string>();
  return {
    port: gateway.port,
    requestFor: (n) => {
      const token = tokens.get(n) ?? tokenOf(n);
      tokens.set(n, token);
      return {
        method: 'POST',
        path: '/graphql',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { workshopId: workshopOf(n), first: pageSize } }),
      };
    },
    stop: async () => {
      await gateway.stop();
      await readApi.close();
      await Promise.all([postgres.close(), readers.close(), log.close()]);
    },
  };
});
