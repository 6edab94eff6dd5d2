import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentWith } from '../config.ts';
import { freePort } from './free-port.ts';
import { type KeptProcess, startKept } from './kept-process.ts';

export type Broker = {
  readonly url: string;
  readonly port: number;
  /** Ends the server without a word, as a crash would; `start` brings it back on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

const script = '/usr/lib/rabbitmq/bin/rabbitmq-server';
export const rabbitInstalled = (): boolean => existsSync(script) && existsSync('/usr/bin/epmd');

/** A private RabbitMQ on loopback with a folder of its own, for tests; needs Debian's rabbitmq-server package. */
export const startRabbitServer = async (): Promise<Broker> => {
  const folder = mkdtempSync(join(tmpdir(), 'cargoro-rabbit-'));
  const port = await freePort();
  const epmdPort = await freePort();
  const distPort = await freePort();
  const root = process.getuid?.() === 0;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'rabbitmq'], { encoding: 'utf8' }));
  const user = root ? { uid: id('-u'), gid: id('-g') } : undefined;
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    `listeners.tcp.default = 127.0.0.1:${port}\nlog.console.level = error\n`,
  );
  writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  mkdirSync(join(folder, 'home'), { mode: 0o700 });
  if (user) for (const path of ['', 'home']) chownSync(join(folder, path), user.uid, user.gid);
  const env = environmentWith({
    HOME: join(folder, 'home'),
    RABBITMQ_NODENAME: `cargoro${port}@localhost`,
    RABBITMQ_DIST_PORT: String(distPort),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmdPort),
  });
  const epmd = startKept('/usr/bin/epmd', ['-port', String(epmdPort), '-address', '127.0.0.1'], { user, env });
  let server: KeptProcess | undefined;

  const end = async () => {
    const ended = server;
    server = undefined;
    // The start script runs Erlang as a child; both are in one process group.
    if (ended?.child.pid) process.kill(-ended.child.pid, 'SIGKILL');
    await ended?.exited;
  };
  const start = async () => {
    const starting = startKept(script, [], { user, env, cwd: folder });
    server = starting;
    const failed = starting.exited.then(() => {
      if (server === starting) throw new Error(`RabbitMQ did not start:\n${starting.errors()}`);
    });
    await Promise.race([failed, answering(port)]);
  };
  await start();
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    port,
    kill: end,
    start,
    stop: async () => {
      await end();
      await epmd.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Resolves once something accepts connections on the port. */
export const answering = async (port: number, seconds = 60): Promise<void> => {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(50)) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
  }
  throw new Error(`Nothing answers on port ${port} after ${seconds} s`);
};
