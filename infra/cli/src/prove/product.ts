import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentWith } from '@cargoro/infra/config';
import { readJson, root } from '../start/folder.ts';

const bootstrap = join(root, 'infra', 'cli', 'bootstrap.mjs');

/** The whole product without the web, as `npm start` runs it, in a data folder of its own. */
export const startProduct = async (environment: Readonly<Record<string, string>>) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cargoro-product-'));
  const env = environmentWith({
    ...environment,
    CARGORO_DATA_DIR: dataDir,
    NODE_ENV: 'development',
    CARGORO_HOST: '127.0.0.1',
  });
  const run = (args: readonly string[]) =>
    spawn(process.execPath, [bootstrap, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });

  const product = run(['start', '--no-web']);
  let said = '';
  for (const stream of [product.stdout, product.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(product, 'exit');
  const portsFile = join(dataDir, 'runtime.json');
  while (!existsSync(portsFile)) {
    if (product.exitCode !== null) throw new Error(`The product did not start:\n${said}`);
    await Promise.race([sleep(100), ended]);
  }
  const ports = JSON.parse(readFileSync(portsFile, 'utf8')) as Record<string, number>;
  const processes = (): readonly { readonly name: string; readonly pid: number }[] =>
    readJson<{ children: { name: string; pid: number }[] }>(join(dataDir, 'run.json'))?.children ?? [];
  const pidOf = (name: string): number => {
    const pid = processes().find((child) => child.name === name)?.pid;
    if (!pid) throw new Error(`There is no process ${name}`);
    return pid;
  };

  return {
    ports,
    dataDir,
    processes,
    pid: product.pid as number,
    said: () => said,
    /** Ends a role's process at once, as a crash would; resolves when its successor runs. */
    crash: async (name: string): Promise<void> => {
      const pid = pidOf(name);
      process.kill(pid, 'SIGKILL');
      while (pidOf(name) === pid) await sleep(20);
    },
    /** A command of `cargoro` on this product's data. */
    command: async (...args: string[]): Promise<{ code: number; output: string }> => {
      const child = run(args);
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      const [code] = (await once(child, 'exit')) as [number | null];
      return { code: code ?? 1, output };
    },
    stop: async (): Promise<number> => {
      product.kill('SIGINT');
      const [code] = (await ended) as [number | null];
      rmSync(dataDir, { recursive: true, force: true });
      return code ?? 1;
    },
  };
};
export type Product = Awaited<ReturnType<typeof startProduct>>;

type Answer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};

/** A client of the gateway that signs in as a demo user, again whenever its token ran out. */
export const clientOf = ({ ports }: Product, user: string) => {
  let session: { token: string; expiresAt: string } | undefined;
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${ports.gateway}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    return (await response.json()) as unknown;
  };
  return async (query: string, variables: Record<string, unknown> = {}): Promise<Answer> => {
    if (!session || Date.parse(session.expiresAt) < Date.now() + 5_000)
      session = (await post('/dev/token', { user })) as { token: string; expiresAt: string };
    return (await post('/graphql', { query, variables }, { authorization: `Bearer ${session.token}` })) as Answer;
  };
};
