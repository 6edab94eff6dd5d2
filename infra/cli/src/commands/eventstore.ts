import type { Command } from '../../main.ts';
import { runScript } from '../script.ts';

/** A durable node stays small in a small heap, however large its log (see `spawnEventStore`). */
const smallHeap = '--max-old-space-size=768';

/** The embedded event store by itself, with switches of its own: `cargoro eventstore --help`. */
export const run: Command = async (args) => {
  process.exitCode = await runScript(
    'infra/eventstore/src/main.ts',
    args,
    args.includes('--memory') ? [] : [smallHeap],
  );
};
