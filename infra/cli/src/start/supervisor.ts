import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createBackoff } from '@cargoro/infra/backoff';
import { Told } from '../told.ts';

export type ChildSpec = {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly cwd?: string;
};
/** What a child is told when everything it needs is there. */
export type Orders = {
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
  /** May it take the next free port instead? */
  readonly mayMove?: boolean;
  readonly host: string;
};
/** What a child tells. */
export type Report =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly message: string };

export type SupervisedChild = {
  readonly name: string;
  /** Lets it serve; resolves with its port once it does. Later restarts get the same orders. */
  run(orders: Orders): Promise<number>;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
};

/** Before it ever served, a child may fail this often: something is wrong that a restart does not mend. */
const attemptsToServe = 3;
const graceMs = 10_000;
const largestLog = 10_000_000;

/**
 * Starts a child at once, so that it loads its code while the parts it needs still start, and starts it again, with
 * growing waits, whenever it ends before `stop`.
 */
export const supervise = (
  spec: ChildSpec,
  options: { readonly logs: string; readonly say: (line: string) => void; readonly onPids: () => void },
): SupervisedChild => {
  const { name } = spec;
  const stopping = new AbortController();
  const backoff = createBackoff({ first: 200, most: 10_000 });
  const logFile = join(options.logs, `${name}.log`);
  mkdirSync(options.logs, { recursive: true });
  let orders: Orders | undefined;
  let child: ChildProcess | undefined;
  let served = false;
  let failures = 0;
  let gaveUp: Told | undefined;
  let settle: { resolve: (port: number) => void; reject: (error: Error) => void } | undefined;

  const launch = (): ChildProcess => {
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(logFile, `${logFile}.1`);
    const output = openSync(logFile, 'a');
    // A process group of its own: Ctrl-C in the terminal reaches us alone, and we stop the parts in order.
    const launched = spawn(process.execPath, [...spec.args], {
      cwd: spec.cwd,
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    if (orders) launched.send(orders, () => undefined);
    launched.on('message', (report: Report) => {
      if (report.kind === 'ready') {
        if (served) options.say(`${name} serves again`);
        served = true;
        if (orders) orders = { ...orders, port: report.port, mayMove: false };
        settle?.resolve(report.port);
        setTimeout(backoff.reset, 30_000).unref();
      }
      if (report.kind === 'failed') options.say(`${name}: ${report.message}`);
    });
    launched.on('error', () => undefined);
    return launched;
  };

  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      child = launch();
      options.onPids();
      const [code, signal] = (await once(child, 'exit').catch(() => [1, null])) as [number | null, string | null];
      if (stopping.signal.aborted) return;
      failures += 1;
      if (!served && failures >= attemptsToServe) {
        const last = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
        gaveUp = new Told(`${name} does not start. The end of ${logFile}:\n${last}`);
        settle?.reject(gaveUp);
        return;
      }
      options.say(`${name} ended (${signal ?? `status ${code}`}); starting it again. Its log: ${logFile}`);
      await backoff.wait(stopping.signal);
    }
  };
  const keeping = keep();

  return {
    name,
    pid: () => child?.pid,
    run: (given) => {
      if (gaveUp) return Promise.reject(gaveUp);
      orders = given;
      const serving = new Promise<number>((resolve, reject) => {
        settle = { resolve, reject };
      });
      child?.send(orders, () => undefined);
      return serving;
    },
    stop: async () => {
      stopping.abort();
      const running = child;
      if (running && running.exitCode === null && running.signalCode === null) {
        running.kill('SIGTERM');
        const forced = setTimeout(() => running.kill('SIGKILL'), graceMs);
        await once(running, 'exit');
        clearTimeout(forced);
      }
      await keeping;
    },
  };
};
