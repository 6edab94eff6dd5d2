import { parseArgs } from 'node:util';
import type { Command } from '../../main.ts';
import { stages } from '../prove/stages.ts';
import { add, lastLine, nothing, type Tally } from '../prove/tally.ts';
import { chromium, provideTools } from '../prove/tools.ts';
import { Told } from '../told.ts';

/** `npm test [-- --only STAGE]`: everything that proves the project; the last line adds up what every runner counted. */
export const run: Command = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' } } });
  const say = (line: string) => console.log(`cargoro: ${line}`);
  provideTools(say);
  const all = stages(chromium());
  const chosen = values.only ? all.filter(({ name }) => name === values.only) : all;
  if (chosen.length === 0) throw new Told(`--only takes one of: ${all.map(({ name }) => name).join(', ')}`);

  let total: Tally = nothing;
  const failed: string[] = [];
  for (const [index, stage] of chosen.entries()) {
    const began = performance.now();
    say(`${index + 1}/${chosen.length} ${stage.name}`);
    const tally = await stage.run();
    total = add(total, tally);
    if (tally.failed > 0) failed.push(stage.name);
    say(`${stage.name}: ${lastLine(tally)} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
  }
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  process.stdout.write(`\n${lastLine(total)}\n`);
  // Something a stage started may still hold this process.
  process.exit(total.failed > 0 ? 1 : 0);
};
