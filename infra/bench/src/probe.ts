import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the machine could do at the start of a round: syncs per second, milliseconds of a fixed loop, load. */
export type Probe = { readonly fdatasyncPerSecond: number; readonly loopMs: number; readonly load: number };

const syncsPerSecond = (dir: string): number => {
  const path = join(dir, `cargoro-probe-${process.pid}`);
  const file = openSync(path, 'w');
  const block = Buffer.alloc(8192, 1);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < 250) {
    writeSync(file, block, 0, block.length, 0);
    fdatasyncSync(file);
    count++;
  }
  closeSync(file);
  rmSync(path);
  return count / 0.25;
};

const spin = (): number => {
  const started = performance.now();
  let x = 0;
  for (let i = 0; i < 5e7; i++) x = (x + i) | 0;
  return x === 1 ? 0 : performance.now() - started;
};

export const probe = (dir: string = tmpdir()): Probe => {
  spin();
  return { fdatasyncPerSecond: Math.round(syncsPerSecond(dir)), loopMs: Math.round(spin()), load: loadavg()[0] ?? 0 };
};
