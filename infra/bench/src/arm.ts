import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { quantile } from './stats.ts';

/** What one arm reports of one round. */
export type Measured = {
  readonly ops: number;
  readonly seconds: number;
  /** CPU of the arm's own process, microseconds in all. */
  readonly nodeCpuUs: number;
  /** Latency of single operations in milliseconds, where the workload has them. */
  readonly p50?: number | undefined;
  readonly p99?: number | undefined;
  /** What was checked of the result; a round whose result is wrong throws instead. */
  readonly verified: string;
};
export type Outcome = { readonly ops: number; readonly latenciesMs?: readonly number[]; readonly verified: string };

/** An arm: set up once, run once a round, each in a process of its own so that no arm taints another. */
export type Arm = {
  setup(options: Record<string, unknown>): Promise<void>;
  run(round: number): Promise<Outcome>;
  teardown(): Promise<void>;
};
type Call = { readonly call: 'setup' | 'run' | 'teardown'; readonly value: unknown };
type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

/** The child's side. */
export const serveArm = (arm: Arm): void => {
  const answer = async ({ call, value }: Call): Promise<unknown> => {
    if (call === 'setup') return arm.setup(value as Record<string, unknown>);
    if (call === 'teardown') return arm.teardown();
    const cpu = process.cpuUsage();
    const started = performance.now();
    const { ops, latenciesMs, verified } = await arm.run(value as number);
    const used = process.cpuUsage(cpu);
    return {
      ops,
      seconds: (performance.now() - started) / 1000,
      nodeCpuUs: used.user + used.system,
      p50: latenciesMs && quantile(latenciesMs, 0.5),
      p99: latenciesMs && quantile(latenciesMs, 0.99),
      verified,
    } satisfies Measured;
  };
  process.on('message', (message: Call) => {
    answer(message).then(
      (value) => process.send?.({ ok: true, value } satisfies Reply),
      (error: unknown) =>
        process.send?.({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
};

export type RunningArm = {
  readonly name: string;
  readonly pid: number;
  run(round: number): Promise<Measured>;
  stop(): Promise<void>;
};

/** The parent's side: `file` is a module of `arms/` that calls `serveArm`. */
export const startArm = async (name: string, file: string, options: Record<string, unknown>): Promise<RunningArm> => {
  const child = fork(fileURLToPath(new URL(`./arms/${file}`, import.meta.url)), [], {
    execArgv: ['--import', 'tsx', ...(options.gc ? ['--expose-gc'] : [])],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const call = (message: Call): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const exited = (code: number | null) => reject(new Error(`${name} ended with code ${code}`));
      child.once('exit', exited);
      child.once('message', (reply: Reply) => {
        child.off('exit', exited);
        if (reply.ok) resolve(reply.value);
        else reject(new Error(`${name}: ${reply.error}`));
      });
      child.send(message);
    });
  await call({ call: 'setup', value: options });
  return {
    name,
    pid: child.pid ?? 0,
    run: async (round) => (await call({ call: 'run', value: round })) as Measured,
    stop: async () => {
      await call({ call: 'teardown', value: undefined });
      child.disconnect();
    },
  };
};
