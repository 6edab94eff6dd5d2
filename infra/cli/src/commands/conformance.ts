import { startEventStore } from '@cargoro/eventstore';
import type { Command } from '../../main.ts';
import { runScript } from '../script.ts';

/** `conformance [--url esdb://…] [--only TEXT]`: the embedded store's protocol; on a store of its own without a URL. */
export const run: Command = async (args) => {
  const store = args.includes('--url') ? undefined : await startEventStore({ memory: true });
  const given = store ? ['--url', store.url, ...args] : args;
  try {
    process.exitCode = await runScript('infra/eventstore/conformance/run.ts', given);
  } finally {
    await store?.stop();
  }
};
