import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { environmentWith } from '../config.ts';
import { freePort } from './free-port.ts';
import { type KeptProcess, startKept } from './kept-process.ts';
import { answering, type Broker } from './rabbitmq-server.ts';

export const redisInstalled = (): boolean =>
  (environmentWith({}).PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));

/** A private Redis on loopback that keeps nothing, for tests; needs `redis-server` in the path. */
export const startRedisServer = async (): Promise<Broker> => {
  const folder = mkdtempSync(join(tmpdir(), 'cargoro-redis-'));
  const port = await freePort();
  let server: KeptProcess | undefined;
  const end = async () => {
    const ended = server;
    server = undefined;
    if (ended?.child.pid) process.kill(-ended.child.pid, 'SIGKILL');
    await ended?.exited;
  };
  const start = async () => {
    const settings = [
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--databases',
      '1024',
      '--dir',
      folder,
    ];
    server = startKept('redis-server', ['--port', String(port), ...settings]);
    await answering(port, 10);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: end,
    start,
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
