import type { EventLog } from '../streams/event-log.ts';
import { resolveLink } from '../streams/links.ts';
import { checkpointText, loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { Consumer, type ConsumerOptions } from './consumer.ts';
import { Dispatcher } from './dispatch.ts';
import { type Message, message } from './message.ts';
import { park, parkedCount } from './parked.ts';
import { Progress } from './progress.ts';
import { Replay } from './replay.ts';
import { checkpointStream, type GroupConfig, groupKey, parkedStream } from './settings.ts';
import { type Source, sourceOf } from './source.ts';

export type NackAction = 'unknown' | 'park' | 'retry' | 'skip' | 'stop';

const TICK_MS = 250;
/** Pages without anything for this group that are read before others get their turn. */
const PAGES_AT_ONCE = 50;

/**
 * A consumer group at work: reads ahead a little, hands messages to consumers that have room, keeps what is not
 * answered, and remembers how far it got. Retries go before new messages.
 */
export class Group {
  readonly config: GroupConfig;
  readonly key: string;
  readonly consumers: Consumer[] = [];
  readonly progress: Progress;
  readonly source: Source;
  readonly retries: Message[] = [];
  buffer: Message[] = [];
  totalItems = 0;
  checkpoint: number | undefined;
  private readonly log: EventLog;
  private readonly dispatcher: Dispatcher;
  private readonly replay: Replay;
  private cursor: number;
  private lastCheckpointAt: number;
  /** The checkpoint on its way to the disk. */
  private saving: Promise<void> | undefined;
  private later: NodeJS.Immediate | undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor(log: EventLog, config: GroupConfig) {
    this.log = log;
    this.config = config;
    this.key = groupKey(config.source, config.group);
    this.source = sourceOf(log, config);
    this.dispatcher = new Dispatcher(config.settings.strategy);
    this.checkpoint = loadCheckpoint(log, checkpointStream(this.key));
    this.replay = new Replay(log, parkedStream(this.key));
    this.progress = new Progress(this.checkpoint);
    this.cursor = this.checkpoint === undefined ? config.firstCursor : this.checkpoint + 1;
    this.lastCheckpointAt = Date.now();
    this.stopListening = log.onCommit(({ streams }) => {
      if (config.source === '$all' || streams.has(config.source)) this.pump();
    });
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  get parked(): number {
    return parkedCount(this.log, parkedStream(this.key));
  }

  get inFlight(): number {
    return this.consumers.reduce((sum, consumer) => sum + consumer.inFlight.size, 0);
  }

  get isFull(): boolean {
    const { maxSubscribers } = this.config.settings;
    return maxSubscribers > 0 && this.consumers.length >= maxSubscribers;
  }

  connect(options: ConsumerOptions): Consumer {
    const consumer = new Consumer(options);
    this.consumers.push(consumer);
    return consumer;
  }

  /** What a consumer leaves unanswered goes to the others. */
  disconnect(consumer: Consumer): void {
    const index = this.consumers.indexOf(consumer);
    if (index < 0) return;
    this.consumers.splice(index, 1);
    for (const { message: left } of consumer.inFlight.values()) this.retry(left);
    consumer.inFlight.clear();
    this.pump();
  }

  ack(consumer: Consumer, ids: readonly string[]): void {
    for (const id of ids) {
      const done = consumer.take(id, Date.now());
      if (done) this.finish(done);
    }
    this.saveIfMany();
    this.pump();
  }

  nack(consumer: Consumer, ids: readonly string[], action: NackAction, reason: string): void {
    for (const id of ids) {
      const refused = consumer.take(id, Date.now());
      if (!refused) continue;
      if (action === 'park') void this.park(refused, reason);
      else if (action === 'retry' || action === 'unknown') this.retry(refused);
      else this.finish(refused);
    }
    this.saveIfMany();
    this.pump();
  }

  /** Hands out what can be handed out now. */
  pump(): void {
    if (this.consumers.length === 0) return;
    while (this.consumers.some((consumer) => consumer.hasRoom)) {
      if (this.retries.length === 0) this.retries.push(...this.replay.next());
      if (this.retries.length === 0 && this.buffer.length === 0 && !this.readAhead()) return;
      if (
        !this.dispatchFrom(this.retries) &&
        !this.dispatchFrom(this.buffer) &&
        !(this.dispatcher.mayOvertake && this.readAhead())
      )
        return;
    }
  }

  /** Delivers parked messages again, up to (not including) a revision of the parked stream. */
  replayParked(stopAt: number | undefined): void {
    this.replay.begin(stopAt);
    this.pump();
  }

  dropConsumers(): void {
    for (const consumer of [...this.consumers]) consumer.options.drop();
  }

  async close(): Promise<void> {
    this.abandon();
    // What was acknowledged while a checkpoint was being written is in none yet.
    await this.saving;
    await this.save();
  }

  /** Stops without a last checkpoint: the group is being deleted. */
  abandon(): void {
    clearInterval(this.timer);
    clearImmediate(this.later);
    this.stopListening();
  }

  private dispatchFrom(queue: Message[]): boolean {
    for (let i = 0; i < queue.length; i += 1) {
      const next = queue[i] as Message;
      const consumer = this.dispatcher.choose(next, this.consumers);
      if (consumer) {
        queue.splice(i, 1);
        this.totalItems += 1;
        consumer.send(next, Date.now());
        return true;
      }
      if (!this.dispatcher.mayOvertake) return false;
    }
    return false;
  }

  /** Reads the next batch; false when nothing came, for now, or the buffer is full. */
  private readAhead(): boolean {
    const { readBatchSize, historyBufferSize, resolveLinks } = this.config.settings;
    for (let pages = 0; this.buffer.length < Math.max(1, historyBufferSize); pages += 1) {
      if (pages === PAGES_AT_ONCE) return this.readOnLater();
      const page = this.source.read(this.cursor, readBatchSize);
      const before = this.buffer.length;
      for (const { record, cursor, wanted } of page.events) {
        if (wanted) {
          this.progress.begin(cursor);
          this.buffer.push(message(resolveLinks ? resolveLink(this.log, record) : { event: record }, cursor));
        } else this.progress.pass(cursor);
      }
      const moved = page.next > this.cursor;
      this.cursor = page.next;
      if (this.buffer.length > before) return true;
      if (!moved) return false;
    }
    return false;
  }

  private readOnLater(): false {
    this.later ??= setImmediate(() => {
      this.later = undefined;
      this.pump();
    });
    return false;
  }

  private finish({ cursor }: Message): void {
    if (cursor === undefined) this.replay.answered();
    else this.progress.finish(cursor);
  }

  private retry(refused: Message): void {
    const { maxRetryCount } = this.config.settings;
    if (refused.retryCount >= maxRetryCount) {
      void this.park(refused, `Reached retry count of ${maxRetryCount}`);
      return;
    }
    refused.retryCount += 1;
    const order = (item: Message): number => item.cursor ?? -1;
    const at = this.retries.findIndex((other) => order(other) > order(refused));
    this.retries.splice(at < 0 ? this.retries.length : at, 0, refused);
  }

  private async park(refused: Message, reason: string): Promise<void> {
    try {
      await park(this.log, parkedStream(this.key), refused, reason);
      this.finish(refused);
    } catch {
      // Not on disk: it stays unfinished and comes again after a restart, rather than being lost.
      this.retries.push(refused);
    }
  }

  private tick(): void {
    const { messageTimeoutMs, checkpointAfterMs, checkpointLowerBound } = this.config.settings;
    const now = Date.now();
    if (messageTimeoutMs > 0) {
      for (const consumer of this.consumers) {
        const late = [...consumer.inFlight.values()].filter(({ sentAt }) => now - sentAt >= messageTimeoutMs);
        for (const { message: unanswered } of late) {
          consumer.take(unanswered.id, now);
          this.retry(unanswered);
        }
      }
    }
    if (now - this.lastCheckpointAt >= checkpointAfterMs && this.progress.sinceCheckpoint >= checkpointLowerBound)
      void this.save();
    this.pump();
  }

  private saveIfMany(): void {
    if (this.progress.sinceCheckpoint >= this.config.settings.checkpointUpperBound) void this.save();
  }

  private async save(): Promise<void> {
    const { finished } = this.progress;
    if (finished === undefined || finished === this.checkpoint || this.saving) return;
    this.progress.sinceCheckpoint = 0;
    this.lastCheckpointAt = Date.now();
    this.saving = this.store(finished);
    await this.saving;
  }

  private async store(finished: NonNullable<typeof this.progress.finished>): Promise<void> {
    try {
      await saveCheckpoint(this.log, checkpointStream(this.key), checkpointText(this.config.source, finished));
      this.checkpoint = finished;
    } catch {
      // The next tick tries again; until then a restart delivers more than it had to, never less.
      this.progress.sinceCheckpoint = this.config.settings.checkpointLowerBound;
    } finally {
      this.saving = undefined;
    }
  }
}
