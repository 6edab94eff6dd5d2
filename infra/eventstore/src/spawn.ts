import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SMALL_HEAP } from './small-heap.ts';

export interface SpawnOptions {
  readonly dataDir?: string;
  readonly memory?: boolean;
  readonly port?: number;
  readonly host?: string;
  /** Further command line switches, as main.ts takes them. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface SpawnedEventStore {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  readonly process: ChildProcess;
  /** SIGTERM, and wait for the graceful end. */
  stop(): Promise<void>;
  /** SIGKILL, and wait for the end. */
  kill(): Promise<void>;
}

/** For the reason of a failed start; a node that runs for long may say more than that. */
const KEPT_ERRORS = 50;
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Starts a node as a process of its own, away from the caller's event loop; resolves when it takes connections. */
export const spawnEventStore = async (options: SpawnOptions): Promise<SpawnedEventStore> => {
  const args = [
    ...(options.dataDir === undefined ? [] : ['--data', options.dataDir]),
    ...(options.memory ? ['--memory'] : []),
    '--port',
    String(options.port ?? 0),
    ...(options.host === undefined ? [] : ['--host', options.host]),
    '--stop-with-parent',
    ...(options.args ?? []),
  ];
  const heap = options.memory ? [] : SMALL_HEAP;
  const child = spawn(process.execPath, [...heap, '--import', import.meta.resolve('tsx'), MAIN, ...args], {
    // Standard input stays open and silent: its end tells the node that this process is gone.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    if (errors.push(chunk.toString()) > KEPT_ERRORS) errors.shift();
  });
  const exited = once(child, 'exit');
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  const started = await Promise.race([listening(child), exited.then(() => undefined)]);
  if (!started) throw new StoreNotStarted(reasonIn(errors.join('').trim()));
  return {
    ...started,
    pid: child.pid as number,
    process: child,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
  };
};

export class StoreNotStarted extends Error {
  override readonly name = 'StoreNotStarted';
  constructor(reason: string) {
    super(`The event store did not start: ${reason}`);
  }
}

/** What the node said last, in words where it is a line of its log. */
const reasonIn = (said: string): string => {
  const { message } = parseLine(said.slice(said.lastIndexOf('\n') + 1)) ?? {};
  return typeof message === 'string' ? message : said;
};

/** The node logs JSON lines; the one with the event `listening` says where. */
const listening = async (child: ChildProcess): Promise<{ port: number; url: string } | undefined> => {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const entry = parseLine(line);
    if (entry?.event !== 'listening') continue;
    lines.close();
    child.stdout?.resume();
    return { port: entry.port as number, url: entry.url as string };
  }
  return undefined;
};

const parseLine = (line: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};
