import { SMALL_HEAP } from '@cargoro/eventstore/small-heap';
import type { Command } from '../../main.ts';
import { runScript } from '../script.ts';

/** The embedded event store by itself, with switches of its own: `cargoro eventstore --help`. */
export const run: Command = async (args) => {
  process.exitCode = await runScript('infra/eventstore/src/main.ts', args, args.includes('--memory') ? [] : SMALL_HEAP);
};
