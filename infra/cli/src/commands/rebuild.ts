import { readModels, rebuild } from '@cargoro/projections';
import type { Command } from '../../main.ts';
import { createParts } from '../roles/parts.ts';
import { withServers } from '../running.ts';
import { Told } from '../told.ts';

/** `rebuild NAME`: fills the read model's table anew beside the live one, catches up, and swaps them; readers never wait. */
export const run: Command = async ([name]) => {
  const names = readModels.map((model) => model.name);
  if (!name || !names.includes(name)) throw new Told(`Name a read model: ${names.join(', ')}`);
  const servers = await withServers();
  const parts = createParts({ ...servers.config, logLevel: 'warn' }, 'rebuild');
  try {
    const { log, vault, logger, postgres } = parts;
    const deps = { pool: postgres.pool, log, bus: await parts.bus(), vault, logger };
    const onProgress = (events: number) => process.stderr.isTTY && process.stderr.write(`\r${events} events`);
    const result = await rebuild(deps, name, { onProgress });
    const seconds = result.milliseconds / 1000;
    console.log(
      `\rRebuilt ${result.readModels.join(', ')}: ${result.rows} rows from ${result.events} events in ${seconds.toFixed(1)} s; ${result.changed} rows changed.`,
    );
  } finally {
    await parts.close();
    await servers.stop();
  }
};
