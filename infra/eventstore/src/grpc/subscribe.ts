import { randomUUID } from 'node:crypto';
import { type LogRecord, recordPosition, recordRevision } from '../log/record.ts';
import type { Caller } from '../security/access.ts';
import { isHiddenFromAll, passes } from '../streams/filter.ts';
import { isTombstoned } from '../streams/heads.ts';
import { resolveLink } from '../streams/links.ts';
import { readForward, streamState } from '../streams/read-stream.ts';
import { CAUGHT_UP, encodeCheckpoint, encodeConfirmation, encodeReadEvent } from '../wire/read-responses.ts';
import { streamDeleted } from './errors.ts';
import type { NodeContext } from './node-context.ts';
import { checkRead, type ReadCall } from './read-call.ts';
import type { ReadPlan } from './read-request.ts';
import { send } from './send.ts';

const PAGE = 128;

/**
 * Catch-up and live in one loop: read on from the cursor, and when nothing is left sleep until the next commit. A slow
 * subscriber thus costs no memory, and there is no seam between catch-up and live where an event could get lost.
 */
export const subscribe = async (
  node: NodeContext,
  call: ReadCall,
  caller: Caller,
  plan: ReadPlan,
  aborted: AbortSignal,
): Promise<void> => {
  if (plan.stream !== '$all' && streamState(node.log, plan.stream) === 'tombstoned') throw streamDeleted(plan.stream);
  const subscriber = new Subscriber(node, call, plan, aborted);
  await subscriber.message(encodeConfirmation(randomUUID()));
  if (plan.stream === '$all') await followAll(node, plan, subscriber, () => checkRead(node, caller, '$all'));
  else await followStream(node, plan, subscriber, () => checkRead(node, caller, plan.stream));
};

class Subscriber {
  private readonly node: NodeContext;
  private readonly call: ReadCall;
  private readonly plan: ReadPlan;
  readonly aborted: AbortSignal;
  private live = false;

  constructor(node: NodeContext, call: ReadCall, plan: ReadPlan, aborted: AbortSignal) {
    this.node = node;
    this.call = call;
    this.plan = plan;
    this.aborted = aborted;
  }

  message(message: Buffer): Promise<void> | undefined {
    return send(this.call, message, this.aborted);
  }

  event(record: LogRecord): Promise<void> | undefined {
    const resolved = this.plan.resolveLinks ? resolveLink(this.node.log, record) : { event: record };
    return this.message(encodeReadEvent(resolved, this.plan.uuidForm));
  }

  get isLive(): boolean {
    return this.live;
  }

  async caughtUp(): Promise<void> {
    this.live = true;
    await this.message(CAUGHT_UP);
  }
}

const followStream = async (
  node: NodeContext,
  plan: ReadPlan,
  subscriber: Subscriber,
  checkAccess: () => void,
): Promise<void> => {
  const { log, signal } = node;
  const { stream, start } = plan;
  let cursor = start === 'start' ? 0 : start === 'end' ? log.heads.committed(stream).last + 1 : start + 1;
  while (!subscriber.aborted.aborted) {
    checkAccess();
    const page = readForward(log, stream, cursor, PAGE);
    for (const record of page.records) {
      const slow = subscriber.event(record);
      if (slow) await slow;
      if (subscriber.aborted.aborted) return;
      cursor = recordRevision(record) + 1;
    }
    if (page.next !== undefined) {
      cursor = page.next;
      if (page.records.length === 0) await new Promise(setImmediate);
      continue;
    }
    if (isTombstoned(log.heads.committed(stream))) throw streamDeleted(stream);
    if (!subscriber.isLive) await subscriber.caughtUp();
    if (log.heads.committed(stream).last < cursor) await signal.next(stream, subscriber.aborted);
    else cursor = Math.max(cursor, await skipHidden(node, stream, cursor, subscriber));
  }
};

/** Everything from the cursor on is hidden by metadata (expired or truncated): nothing to send before the next commit. */
const skipHidden = async (
  { log, signal }: NodeContext,
  stream: string,
  cursor: number,
  subscriber: Subscriber,
): Promise<number> => {
  const { last } = log.heads.committed(stream);
  if (readForward(log, stream, cursor, 1).records.length > 0) return cursor;
  await signal.next(stream, subscriber.aborted);
  return last + 1;
};

const followAll = async (
  node: NodeContext,
  plan: ReadPlan,
  subscriber: Subscriber,
  checkAccess: () => void,
): Promise<void> => {
  const { log, signal } = node;
  const { filter, start } = plan;
  const progress = new FilterProgress(plan.checkpoints?.interval, subscriber);
  let cursor = start === 'start' ? 0 : start === 'end' ? log.committedEnd : start + 1;
  while (!subscriber.aborted.aborted) {
    checkAccess();
    const searchedUpTo = log.committedEnd;
    const page = log.store.forward(cursor, PAGE);
    for (const record of page) {
      cursor = recordPosition(record) + 1;
      if (isHiddenFromAll(record)) continue;
      const slow = passes(filter, record) ? subscriber.event(record) : undefined;
      if (slow) await slow;
      if (subscriber.aborted.aborted) return;
      if (progress.consider(cursor - 1)) await progress.send();
    }
    if (page.length > 0) {
      // Subscribers that match little must not keep the others from running.
      if (filter) await new Promise(setImmediate);
      continue;
    }
    cursor = Math.max(cursor, searchedUpTo);
    if (!subscriber.isLive) {
      await progress.send();
      await subscriber.caughtUp();
    }
    if (log.committedEnd <= cursor) await signal.next(undefined, subscriber.aborted);
  }
};

/** Tells a filtered subscriber how far the log was searched, counted in considered events. */
class FilterProgress {
  private readonly interval: number | undefined;
  private readonly subscriber: Subscriber;
  private considered = 0;
  private last = -1;
  private reported = -1;

  constructor(interval: number | undefined, subscriber: Subscriber) {
    this.interval = interval;
    this.subscriber = subscriber;
  }

  /** True when a checkpoint is due. */
  consider(position: number): boolean {
    this.considered += 1;
    this.last = position;
    return this.interval !== undefined && this.considered % this.interval === 0;
  }

  async send(): Promise<void> {
    if (this.interval === undefined || this.last <= this.reported) return;
    this.reported = this.last;
    await this.subscriber.message(encodeCheckpoint(this.last));
  }
}
