import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgresServer } from '../src/embedded/postgres-server.ts';
import { startRabbitServer } from '../src/embedded/rabbitmq-server.ts';
import { startRedisServer } from '../src/embedded/redis-server.ts';
import type { SharedPart } from '../src/testing.ts';

/**
 * One Postgres, RabbitMQ and Redis for a whole test run. Test files run in processes of their own, so they ask this
 * process over loopback; what nobody asks for is not started.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'cargoro-test-'));
  const starters: Record<SharedPart, () => Promise<{ url: string; stop(): Promise<void> }>> = {
    postgres: async () => {
      const server = await startPostgresServer({
        dataDir: join(folder, 'postgres'),
        // Thrown away afterwards: durability would only cost time.
        settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
      });
      return { url: server.url(), stop: server.stop };
    },
    rabbitmq: startRabbitServer,
    redis: startRedisServer,
  };
  const running = new Map<SharedPart, ReturnType<(typeof starters)[SharedPart]>>();

  const server = createServer((request, response) => {
    const part = (request.url ?? '').slice(1) as SharedPart;
    const started = running.get(part) ?? starters[part]?.() ?? Promise.reject(new Error(`There is no part ${part}`));
    running.set(part, started);
    started.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('cargoroParts', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  return async () => {
    server.close();
    server.closeAllConnections();
    await Promise.allSettled([...running.values()].map(async (part) => (await part).stop()));
    rmSync(folder, { recursive: true, force: true });
  };
}
