import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in ticks of 10 ms. */
const usPerTick = 10_000;

type Stat = { readonly pid: number; readonly parent: number; readonly us: number };

/** utime + stime, and those of children that have ended: Postgres starts and ends a process per connection. */
const ticksOf = (fields: readonly string[]): number => [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0);

const statOf = (pid: number): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), us: ticksOf(fields) * usPerTick };
  } catch {
    return undefined; // it ended while we looked
  }
};

/** CPU microseconds used so far by these processes and all their present descendants. Linux only; 0 elsewhere. */
export const cpuUsOf = (roots: readonly number[]): number => {
  let stats: Stat[];
  try {
    stats = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => statOf(Number(name)) ?? []);
  } catch {
    return 0;
  }
  const family = new Set(roots);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of stats) {
      if (family.has(parent) && !family.has(pid)) {
        family.add(pid);
        grown = true;
      }
    }
  }
  return stats.reduce((sum, { pid, us }) => (family.has(pid) ? sum + us : sum), 0);
};

/** Resident memory of one process in MB. */
export const rssMbOf = (pid: number): number => {
  try {
    const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/);
    return line ? Number(line[1]) / 1024 : 0;
  } catch {
    return 0;
  }
};
