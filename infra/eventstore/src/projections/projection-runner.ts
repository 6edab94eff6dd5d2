import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { DamagedLogError } from '../log/log-store.ts';
import { recordPosition } from '../log/record.ts';
import type { CommitSignal } from '../streams/commit-signal.ts';
import type { EventLog, NewEvent } from '../streams/event-log.ts';
import { isTombstoned } from '../streams/heads.ts';
import { LINK_TYPE } from '../streams/names.ts';
import { type ProjectedLink, projectedLink, type SystemProjection } from './system-projections.ts';

export type ProjectionStatus = 'Running' | 'Stopped' | 'Aborted' | 'Faulted';

const PAGE = 256;
const RETRY_MS = 1_000;
const STREAM_BY_CATEGORY_TYPE = '$stream';

const linkEvent = (projection: SystemProjection, { target, metadata }: ProjectedLink): NewEvent => ({
  id: randomUUID(),
  type: projection === '$stream_by_category' ? STREAM_BY_CATEGORY_TYPE : LINK_TYPE,
  json: false,
  data: Buffer.from(target),
  metadata: Buffer.from(JSON.stringify(metadata)),
});

/** Follows the log and writes links. Links and progress are committed together, so a crash repeats and loses none. */
export class ProjectionRunner {
  readonly name: SystemProjection;
  status: ProjectionStatus = 'Stopped';
  reason = '';
  processed = 0;
  private readonly log: EventLog;
  private readonly signal: CommitSignal;
  /** Test switch: how far a projection lags behind, as it does on a busy cluster. */
  private readonly delayMs: number;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(name: SystemProjection, log: EventLog, signal: CommitSignal, delayMs: number) {
    this.name = name;
    this.log = log;
    this.signal = signal;
    this.delayMs = delayMs;
    if (log.store.mark(this.enabledMark) === 1) this.start();
  }

  get cursor(): number {
    return this.log.store.mark(this.cursorMark) ?? 0;
  }

  async enable(): Promise<void> {
    if (this.status === 'Running') return;
    await this.saveEnabled(true);
    this.start();
  }

  async disable(status: 'Stopped' | 'Aborted'): Promise<void> {
    await this.saveEnabled(false);
    await this.stop(status);
  }

  /** Without touching whether it runs again after a restart. */
  async stop(status: ProjectionStatus = 'Stopped'): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.status = status;
  }

  private start(): void {
    this.status = 'Running';
    this.stopping = new AbortController();
    this.running = this.keepRunning(this.stopping.signal);
  }

  /** A commit that failed, as on a full disk, is tried again; behind damage there is nothing to go on with. */
  private async keepRunning(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      try {
        await this.run(stopped);
      } catch (reason) {
        this.reason = String(reason);
        if (reason instanceof DamagedLogError) {
          this.status = 'Faulted';
          return;
        }
        await setTimeout(RETRY_MS, undefined, { signal: stopped }).catch(() => {});
      }
    }
  }

  private async run(stopped: AbortSignal): Promise<void> {
    let cursor = this.cursor;
    while (!stopped.aborted) {
      const searchedUpTo = this.log.committedEnd;
      const page = this.log.store.forward(cursor, PAGE);
      const last = page.at(-1);
      if (!last) {
        cursor = Math.max(cursor, searchedUpTo);
        if (this.log.committedEnd <= cursor) await this.signal.next(undefined, stopped);
        if (this.delayMs > 0) await setTimeout(this.delayMs);
        continue;
      }
      cursor = recordPosition(last) + 1;
      this.processed += page.length;
      await this.emit(
        page.flatMap((record) => projectedLink(this.name, record) ?? []),
        cursor,
      );
    }
  }

  private async emit(links: readonly ProjectedLink[], cursor: number): Promise<void> {
    if (links.length === 0) return setImmediate();
    const byStream = groupByStream(links);
    this.log.commits.mark({ name: this.cursorMark, value: cursor });
    let durable: Promise<void> = Promise.resolve();
    for (const [stream, group] of byStream) {
      if (isTombstoned(this.log.heads.latest(stream))) continue;
      durable = this.log.stage(
        stream,
        group.map((link) => linkEvent(this.name, link)),
      ).durable;
    }
    await durable;
    this.reason = '';
  }

  private async saveEnabled(enabled: boolean): Promise<void> {
    this.log.commits.mark({ name: this.enabledMark, value: enabled ? 1 : 0 });
    const data = Buffer.from(JSON.stringify({ enabled }));
    await this.log.stage(`$projections-${this.name}`, [
      { id: randomUUID(), type: '$ProjectionUpdated', json: true, data, metadata: Buffer.alloc(0) },
    ]).durable;
  }

  private get cursorMark(): string {
    return `projection:${this.name}:cursor`;
  }

  private get enabledMark(): string {
    return `projection:${this.name}:enabled`;
  }
}

const groupByStream = (links: readonly ProjectedLink[]): Map<string, ProjectedLink[]> => {
  const groups = new Map<string, ProjectedLink[]>();
  for (const item of links) {
    const group = groups.get(item.stream);
    if (group) group.push(item);
    else groups.set(item.stream, [item]);
  }
  return groups;
};
