import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Told } from '../told.ts';
import { readJson, writeWhole } from './folder.ts';

/** A process and when it began: a number alone may belong to another one by now. */
type Mark = { readonly pid: number; readonly began: string };
type Run = { readonly parent: Mark; readonly children: readonly (Mark & { readonly name: string })[] };

/** Fields of /proc/N/stat after the name: state, parent, … */
const fieldsOf = (file: string): readonly string[] => {
  const stat = readFileSync(file, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** Start time as the kernel keeps it; empty where there is no /proc, and then the number has to do. */
const beganAt = (pid: number): string => {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return '';
  return fieldsOf(file)[19] ?? '';
};
const mark = (pid: number): Mark => ({ pid, began: beganAt(pid) });

const alive = ({ pid, began }: Mark): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that ended but was not collected yet still has its number.
  return (
    beganAt(pid) === began &&
    !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
  );
};

const gone = async (marks: readonly Mark[], ms: number): Promise<boolean> => {
  for (const deadline = Date.now() + ms; marks.some(alive); await sleep(50)) if (Date.now() > deadline) return false;
  return true;
};

/** Does `cargoro start` serve from this data folder at the moment? */
export const isRunning = (dataDir: string): boolean => {
  const run = readJson<Run>(join(dataDir, 'run.json'));
  return run !== undefined && alive(run.parent);
};

/**
 * One run per data folder. A run whose parent was killed is waited for, as its children end by themselves, and helped
 * along after some seconds; one that still serves is left alone and named.
 */
export const claimRun = async (
  dataDir: string,
): Promise<{ record(children: readonly { readonly name: string; readonly pid: number }[]): void; release(): void }> => {
  const file = join(dataDir, 'run.json');
  const last = readJson<Run>(file);
  // An orphan notices within a second that nobody waits for it; a run in another terminal goes on.
  if (last && !(await gone([last.parent], 4_000)))
    throw new Told(
      `CarGoro runs already (process ${last.parent.pid}). Stop it with Ctrl-C, or kill ${last.parent.pid}.`,
    );
  if (last && !(await gone(last.children, 5_000))) {
    for (const child of last.children.filter(alive)) process.kill(child.pid, 'SIGKILL');
    await gone(last.children, 2_000);
  }
  const record = (children: readonly { readonly name: string; readonly pid: number }[]) => {
    const run: Run = { parent: mark(process.pid), children: children.map(({ name, pid }) => ({ name, ...mark(pid) })) };
    writeWhole(file, JSON.stringify(run));
  };
  record([]);
  return { record, release: () => rmSync(file, { force: true }) };
};

/** Parent of a process; npm puts a shell between itself and us, which outlives it. */
const parentOf = (pid: number): number => {
  const file = `/proc/${pid}/stat`;
  if (existsSync(file)) return Number(fieldsOf(file)[1]);
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
};

/** Calls back once whoever started us is gone: `npm start` was killed, and nobody would ever stop us. */
export const whenOrphaned = (orphaned: () => void): void => {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    orphaned();
  }, 1_000).unref();
};
