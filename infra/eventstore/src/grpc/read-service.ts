import { status } from '@grpc/grpc-js';
import { type LogRecord, recordPosition } from '../log/record.ts';
import { isHiddenFromAll, passes } from '../streams/filter.ts';
import { resolveLink } from '../streams/links.ts';
import { readBackward, readForward, streamState } from '../streams/read-stream.ts';
import { visibleRange } from '../streams/visibility.ts';
import {
  encodeFirstPosition,
  encodeLastPosition,
  encodeReadEvent,
  encodeStreamNotFound,
} from '../wire/read-responses.ts';
import { GrpcFailure, streamDeleted } from './errors.ts';
import { streaming } from './handlers.ts';
import type { NodeContext } from './node-context.ts';
import { checkRead, type ReadCall } from './read-call.ts';
import { type ReadPlan, readPlan } from './read-request.ts';
import { send } from './send.ts';
import { subscribe } from './subscribe.ts';

const PAGE = 128;

/** Streams.Read in all its forms. */
export const readService =
  (node: NodeContext) =>
  (call: ReadCall): void => {
    void streaming(node, call, async (caller, aborted) => {
      const plan = readPlan(call.request);
      checkRead(node, caller, plan.stream);
      if (plan.subscription) return subscribe(node, call, caller, plan, aborted);
      const reply = new Reply(node, call, plan, aborted);
      return plan.stream === '$all' ? readAll(node, plan, reply) : readStream(node, plan, reply);
    });
  };

/** Sends events until the count is reached, waiting whenever the client is slower than the log. */
class Reply {
  private readonly node: NodeContext;
  private readonly call: ReadCall;
  private readonly plan: ReadPlan;
  private readonly aborted: AbortSignal;
  left: number;

  constructor(node: NodeContext, call: ReadCall, plan: ReadPlan, aborted: AbortSignal) {
    this.node = node;
    this.call = call;
    this.plan = plan;
    this.aborted = aborted;
    this.left = plan.count;
  }

  get done(): boolean {
    return this.left <= 0 || this.aborted.aborted;
  }

  get pageSize(): number {
    return Math.min(this.left, PAGE);
  }

  async message(message: Buffer): Promise<void> {
    await send(this.call, message, this.aborted);
  }

  async records(records: readonly LogRecord[]): Promise<void> {
    for (const record of records) {
      if (this.done) return;
      const resolved = this.plan.resolveLinks ? resolveLink(this.node.log, record) : { event: record };
      const slow = send(this.call, encodeReadEvent(resolved, this.plan.uuidForm), this.aborted);
      this.left -= 1;
      if (slow) await slow;
    }
  }
}

const readStream = async (node: NodeContext, plan: ReadPlan, reply: Reply): Promise<void> => {
  const { stream, start, backwards } = plan;
  const state = streamState(node.log, stream);
  if (state === 'tombstoned') throw streamDeleted(stream);
  if (state === 'missing') return reply.message(encodeStreamNotFound(stream));
  if (start === 'end' && !backwards) throw new GrpcFailure(status.UNKNOWN, 'Unexpected ReadStreamResult: Error');
  if (plan.compatibility >= 1) {
    const range = visibleRange(node.log.heads.committed(stream));
    await reply.message(encodeFirstPosition(range.first));
    await reply.message(encodeLastPosition(range.last));
  }
  let cursor: number | undefined = start === 'start' ? 0 : start === 'end' ? Number.MAX_SAFE_INTEGER : start;
  while (cursor !== undefined && !reply.done) {
    const page: { records: readonly LogRecord[]; next: number | undefined } = (backwards ? readBackward : readForward)(
      node.log,
      stream,
      cursor,
      reply.pageSize,
    );
    await reply.records(page.records);
    cursor = page.next;
    // Expired events send nothing, so nothing else lets others run.
    if (page.records.length === 0) await new Promise(setImmediate);
  }
};

const readAll = async (node: NodeContext, plan: ReadPlan, reply: Reply): Promise<void> => {
  const { start, backwards, filter } = plan;
  const { store } = node.log;
  let cursor = start === 'start' ? 0 : start === 'end' ? Number.MAX_SAFE_INTEGER : start;
  while (!reply.done) {
    const page = backwards ? store.backward(cursor, PAGE) : store.forward(cursor, PAGE);
    const last = page.at(-1);
    if (!last) return;
    await reply.records(page.filter((record) => !isHiddenFromAll(record) && passes(filter, record)));
    cursor = backwards ? recordPosition(last) : recordPosition(last) + 1;
    // A filter may pass nothing for long: let others run between pages.
    if (filter) await new Promise(setImmediate);
  }
};
