import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, expect, it } from 'vitest';
import { spawnEventStore } from '../src/index.ts';

const root = mkdtempSync(join(tmpdir(), 'eventstore-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
type Line = Readonly<Record<string, unknown>>;
const lines = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Runs one command; what it logs is one JSON object per line. */
const run = (...args: string[]): Promise<{ code: number; said: Line[] }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), said: [...lines(out), ...lines(err)] }),
    );
  });

it('backup of a running node, verify, restore; a damaged copy is named and not restored', async () => {
  const [data, copy, restored] = ['data', 'copy', 'restored'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const node = await spawnEventStore({ dataDir: data });
  const client = EventStoreDBClient.connectionString(node.url);
  await client.appendToStream('s', jsonEvent({ type: 'T', data: { text: 'needle-in-here' } }));
  expect(await run('backup', '--data', data, '--to', copy)).toMatchObject({ code: 0, said: [{ event: 'backed-up' }] });
  await client.dispose();
  await node.stop();
  expect(await run('verify', '--data', copy)).toMatchObject({ code: 0, said: [{ event: 'verified', damaged: 0 }] });
  expect(await run('restore', '--from', copy, '--data', restored)).toMatchObject({ code: 0 });
  const file = join(restored, 'log.mdb');
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf('needle-'); at >= 0; at = bytes.indexOf('needle-', at + 1)) bytes[at] = 88;
  writeFileSync(file, bytes);
  const damaged = await run('verify', '--data', restored);
  expect(damaged.code).toBe(1);
  expect(damaged.said).toContainEqual(
    expect.objectContaining({ event: 'damaged', message: expect.stringMatching(/position \d+ .*checksum/) }),
  );
  const again = await run('restore', '--from', restored, '--data', join(root, 'never'));
  expect(again).toMatchObject({ code: 1, said: [{ event: 'failed', message: expect.stringMatching(/checksum/) }] });
}, 120_000);
