import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  write,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { commitFailure } from './commit-failure.ts';
import { encodeFrame, type Frame, readFrames } from './journal-frame.ts';
import { type Commit, DamagedLogError } from './log-store.ts';

export const JOURNAL_FILES = ['journal-a', 'journal-b'] as const;

export const journalFiles = (folder: string): string[] => JOURNAL_FILES.map((name) => join(folder, name));

/**
 * Commits that the data file may not have yet: those after the one with this number. Throws DamagedLogError when one of
 * them is missing or damaged, other than the very last, which a crash may have left in part.
 */
export const readJournal = (folder: string, applied: number): readonly Frame[] => {
  const frames: Frame[] = [];
  for (const file of journalFiles(folder)) {
    if (!existsSync(file)) continue;
    const read = readFrames(readFileSync(file));
    if (read.damaged) throw new DamagedLogError(`${file} is damaged: commits in its middle cannot be read.`);
    frames.push(...read.frames.filter(({ sequence }) => sequence > applied));
  }
  frames.sort((a, b) => a.sequence - b.sequence);
  const gap = frames.findIndex(({ sequence }, index) => sequence !== applied + 1 + index);
  if (gap >= 0)
    throw new DamagedLogError(`The journal in ${folder} is damaged: commit ${applied + 1 + gap} is missing.`);
  return frames;
};

/** A journal that holds these commits, for a copy of a folder. */
export const writeJournal = (folder: string, frames: readonly Frame[]): void => {
  const [file = ''] = journalFiles(folder);
  writeFileSync(file, Buffer.concat(frames.map(({ sequence, commit }) => encodeFrame(sequence, commit))), {
    flush: true,
  });
};

const OPEN = constants.O_CREAT | constants.O_RDWR | constants.O_DSYNC;

/**
 * Where a commit becomes durable: one write that is on disk when it returns. Two files take turns, each written over from
 * its beginning once the data file has what it held.
 */
export class Journal {
  private readonly folder: string;
  private readonly descriptors: readonly number[];
  private active = 0;
  private offset = 0;
  private next: number;

  /** `next`: the number of the next commit. Whatever the files hold is in the data file by now. */
  constructor(folder: string, next: number) {
    this.folder = folder;
    this.next = next;
    this.descriptors = journalFiles(folder).map((file) => openSync(file, OPEN, 0o600));
    const directory = openSync(folder, constants.O_RDONLY);
    fsyncSync(directory);
    closeSync(directory);
  }

  /** Number of the last commit written. */
  get last(): number {
    return this.next - 1;
  }

  /** Resolves when the commit is on disk; rejects when nothing of it will be found there. One at a time. */
  async append(commit: Commit): Promise<void> {
    const frame = encodeFrame(this.next, commit);
    try {
      await this.writeWhole(frame);
    } catch (error) {
      this.takeBack();
      throw await commitFailure(error, this.folder);
    }
    this.offset += frame.length;
    this.next += 1;
  }

  /** From now on the other file is written. What it held must be in the data file. */
  turn(): void {
    this.active = 1 - this.active;
    this.offset = 0;
  }

  /** Forgets everything; the data file has it all. */
  clear(): void {
    for (const descriptor of this.descriptors) ftruncateSync(descriptor, 0);
    this.offset = 0;
  }

  close(): void {
    for (const descriptor of this.descriptors) closeSync(descriptor);
  }

  private get descriptor(): number {
    return this.descriptors[this.active] as number;
  }

  /** What was refused must not be found after a crash either, not even whole. */
  private takeBack(): void {
    ftruncateSync(this.descriptor, this.offset);
    fsyncSync(this.descriptor);
  }

  private async writeWhole(frame: Buffer): Promise<void> {
    for (let done = 0; done < frame.length; ) {
      done += await new Promise<number>((resolve, reject) => {
        write(this.descriptor, frame, done, frame.length - done, this.offset + done, (error, written) =>
          error ? reject(error) : resolve(written),
        );
      });
    }
  }
}
