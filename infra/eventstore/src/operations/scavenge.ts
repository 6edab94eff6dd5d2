import { randomUUID } from 'node:crypto';
import { type LogRecord, recordPosition, recordRevision, recordStream } from '../log/record.ts';
import { logError } from '../log-line.ts';
import type { EventLog } from '../streams/event-log.ts';
import { isTombstoned } from '../streams/heads.ts';
import { isMetastream, originalOf } from '../streams/names.ts';
import { isVisible, visibleRange } from '../streams/visibility.ts';

const PAGE = 512;

/**
 * Whether nobody can read this event any more. A stream's last event always stays: it is what tells the stream's
 * revision; of a tombstoned stream that is the tombstone.
 */
export const isScavengeable = (log: EventLog, record: LogRecord): boolean => {
  const stream = recordStream(record);
  const head = log.heads.committed(stream);
  const revision = recordRevision(record);
  if (revision >= head.last) return false;
  if (isTombstoned(head)) return true;
  if (isMetastream(stream) && isTombstoned(log.heads.committed(originalOf(stream)))) return true;
  return revision < visibleRange(head).first || !isVisible(record, head.metadata, log.now());
};

/** One pass over the log at a time, in pages, giving way to everything else in between. */
export class Scavenger {
  private readonly log: EventLog;
  private current: { id: string; stop: boolean; done: Promise<void> } | undefined;
  removed = 0;
  runs = 0;

  constructor(log: EventLog) {
    this.log = log;
  }

  get runningId(): string | undefined {
    return this.current?.id;
  }

  /** Starts a pass, or names the one in progress. */
  start(): { id: string; alreadyRunning: boolean; done: Promise<void> } {
    if (this.current) return { id: this.current.id, alreadyRunning: true, done: this.current.done };
    const run = { id: randomUUID(), stop: false, done: Promise.resolve() };
    this.current = run;
    run.done = this.pass(run).finally(() => {
      this.current = undefined;
      this.runs += 1;
    });
    run.done.catch((reason: unknown) => logError('scavenge-failed', reason));
    return { id: run.id, alreadyRunning: false, done: run.done };
  }

  /** False if no pass has this id. */
  async stop(id?: string): Promise<boolean> {
    const run = this.current;
    if (!run || (id !== undefined && run.id !== id)) return false;
    run.stop = true;
    await run.done.catch(() => {});
    return true;
  }

  private async pass(run: { id: string; stop: boolean }): Promise<void> {
    await this.note(run.id, '$scavengeStarted');
    const end = this.log.committedEnd;
    let cursor = 0;
    while (!run.stop && cursor < end) {
      const page = this.log.store.forward(cursor, PAGE);
      const last = page.at(-1);
      if (!last) break;
      cursor = recordPosition(last) + 1;
      const gone = page.filter((record) => recordPosition(record) < end && isScavengeable(this.log, record));
      if (gone.length > 0) await this.log.store.remove(gone);
      this.removed += gone.length;
      await new Promise(setImmediate);
    }
    await this.note(run.id, '$scavengeCompleted');
  }

  private async note(id: string, type: string): Promise<void> {
    const data = Buffer.from(JSON.stringify({ scavengeId: id, removed: this.removed }));
    await this.log.stage(`$scavenges-${id}`, [{ id: randomUUID(), type, json: true, data, metadata: Buffer.alloc(0) }])
      .durable;
  }
}
