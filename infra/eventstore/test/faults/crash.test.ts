import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { crashAgainAndAgain } from './crash.ts';

/** `KILLS=200 npx vitest run test/faults/crash.test.ts`, or `npm run faults`, for the long version. */
const KILLS = Number(process.env.KILLS ?? 10);

it(`kill -9 under 16 writers, ${KILLS} times: nothing acknowledged is lost, doubled or out of order`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eventstore-crash-'));
  try {
    const report = await crashAgainAndAgain(folder, KILLS, 16);
    expect(report.acknowledged).toBeGreaterThan(KILLS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 1_800_000);
