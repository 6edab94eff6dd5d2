import type { Command } from '../../main.ts';
import { measureMemory, memoryDefaults } from '../prove/memory.ts';
import { runScript } from '../script.ts';

const isMemory = (arg: string): boolean => arg.toUpperCase() === 'MEMORY';

/**
 * `bench [B1 B3 … MEMORY] [--rounds N] [--json] [--gate]`: the workloads beside their limits and peers; `MEMORY` runs the
 * whole product and is part of no other run. `bench eventstore [--memory [events]]`: the embedded event store by itself.
 */
export const run: Command = async (args) => {
  if (args[0] === 'eventstore') {
    process.exitCode = await runScript('infra/eventstore/bench/eventstore.ts', args.slice(1));
    return;
  }
  if (!args.some(isMemory)) {
    process.exitCode = await runScript('infra/bench/src/main.ts', args);
    return;
  }
  const isFlat = await measureMemory({ ...memoryDefaults, log: (line) => console.log(line) });
  if (!isFlat && args.includes('--gate')) process.exitCode = 1;
};
