import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { environmentWith } from '../config.ts';
import type { ServerUser } from './postgres-binaries.ts';

/**
 * Runs the command and ends it when our end of its input closes, which the kernel does for us even if we are killed.
 * No server we started can outlive us, and none needs to be looked for at the next start.
 */
const keeper = `signal=$1; shift
exec 3<&0
"$@" </dev/null &
server=$!
(cat <&3 >/dev/null; kill -"$signal" $server 2>/dev/null) &
watch=$!
wait $server; status=$?
kill $watch 2>/dev/null
exit $status`;

export type KeptProcess = {
  readonly child: ChildProcess;
  /** What it wrote to its error output so far, at most 20 KB. */
  readonly errors: () => string;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Sends the stop signal and waits for the end. */
  stop(): Promise<void>;
};

export type KeptOptions = {
  readonly user?: ServerUser | undefined;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sent to the server to stop it, `INT` or `TERM`. */
  readonly stopSignal?: string;
  readonly onOutput?: (text: string) => void;
};

export const startKept = (command: string, args: readonly string[], options: KeptOptions = {}): KeptProcess => {
  const { user, cwd, env = environmentWith({}), stopSignal = 'TERM', onOutput } = options;
  const child = spawn('/bin/sh', ['-c', keeper, 'cargoro-keeper', stopSignal, command, ...args], {
    ...user,
    ...(cwd !== undefined && { cwd }),
    env,
    // A process group of its own: Ctrl-C in the terminal must reach the parts that use a server before the server.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  const note = (text: string) => {
    if (errors.length < 20_000) errors += text;
    onOutput?.(text);
  };
  child.stdout.setEncoding('utf8').on('data', note);
  child.stderr.setEncoding('utf8').on('data', note);
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit').then(
    () => undefined,
    (error: Error) => note(error.message),
  );
  return {
    child,
    errors: () => errors,
    exited,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
