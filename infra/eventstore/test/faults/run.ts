import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashAgainAndAgain } from './crash.ts';

/** npm run faults [-- --kills 200 --writers 16] */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, writers: { type: 'string', default: '16' } },
});
const folder = mkdtempSync(join(tmpdir(), 'eventstore-crash-'));
try {
  console.log(JSON.stringify(await crashAgainAndAgain(folder, Number(values.kills), Number(values.writers))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
