import type { Command } from '../../main.ts';
import { runScript } from '../script.ts';

/** `bench [B1 B3 …] [--rounds N] [--json] [--gate]`: the workloads beside their limits and peers. */
export const run: Command = async (args) => {
  process.exitCode = await runScript('infra/bench/src/main.ts', args);
};
