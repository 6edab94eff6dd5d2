import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Caller } from '../security/access.ts';
import { append } from '../streams/append.ts';
import type { AppendOptions, BatchAppendMessage } from '../wire/append-messages.ts';
import {
  type BatchError,
  badRequestDetail,
  encodeBatchAppended,
  encodeBatchRefused,
  maximumSizeDetail,
  streamDeletedDetail,
  wrongExpectedVersionDetail,
} from '../wire/append-responses.ts';
import { checkWrite, ProposedEvents } from './append-request.ts';
import { asFailure } from './errors.ts';
import { streaming } from './handlers.ts';
import type { NodeContext } from './node-context.ts';

interface PendingAppend {
  readonly correlationId: Buffer;
  readonly options: AppendOptions;
  readonly proposed: ProposedEvents;
  readonly timer: NodeJS.Timeout | undefined;
  answered: boolean;
}

const NO_DETAIL = Buffer.alloc(0);
const TIMEOUT: BatchError = { code: status.DEADLINE_EXCEEDED, type: 'Timeout', detail: NO_DETAIL };

/** How much one client may have in flight, and how many answers it may leave unread, before the server stops reading from it. */
const IN_FLIGHT_BYTES = 32 * 1024 * 1024;
const UNREAD_ANSWERS = 1000;
const REMEMBERED_REFUSALS = 10_000;

const asBatchError = (reason: unknown): BatchError => {
  const failure = asFailure(reason);
  const exception = failure.metadata.get('exception')[0];
  if (exception === 'maximum-append-size-exceeded') {
    const [limit] = failure.metadata.get('maximum-append-size');
    return { code: failure.code, type: 'MaximumAppendSizeExceeded', detail: maximumSizeDetail(Number(limit)) };
  }
  if (failure.code === status.PERMISSION_DENIED) return { code: failure.code, type: 'AccessDenied', detail: NO_DETAIL };
  // The official client shows the text of a detail it does not know, and of Unknown shows nothing at all.
  return {
    code: failure.code,
    type: 'BadRequest',
    detail: badRequestDetail(failure.details),
    message: failure.details,
  };
};

/**
 * Streams.BatchAppend: one long call per client, shared by all its appends. Every correlation id is answered exactly
 * once (a second answer would crash the official client), in whatever order the appends finish.
 */
class BatchAppendCall {
  private readonly node: NodeContext;
  private readonly call: ServerDuplexStream<never, Buffer>;
  private readonly caller: Caller;
  private readonly open = new Map<string, PendingAppend>();
  private readonly refused = new Set<string>();
  private inFlight = 0;
  private inFlightBytes = 0;
  private halfClosed = false;
  private readonly finish: () => void;

  constructor(node: NodeContext, call: ServerDuplexStream<never, Buffer>, caller: Caller, finish: () => void) {
    this.node = node;
    this.call = call;
    this.caller = caller;
    this.finish = finish;
    call.on('drain', () => this.pauseOrResume());
  }

  receive(message: BatchAppendMessage): void {
    const key = message.correlationId.toString('latin1');
    const pending = this.open.get(key) ?? this.begin(key, message);
    if (!pending) {
      if (message.isFinal) this.refused.delete(key);
      return;
    }
    try {
      for (const event of message.proposed) pending.proposed.add(event);
    } catch (reason) {
      this.refuse(pending, asBatchError(reason));
    }
    if (message.isFinal) {
      this.open.delete(key);
      if (!pending.answered) void this.append(pending);
    } else if (pending.answered) {
      this.ignoreRest(key);
    }
  }

  end(): void {
    this.halfClosed = true;
    this.finishWhenDone();
  }

  private begin(key: string, message: BatchAppendMessage): PendingAppend | undefined {
    if (!message.options || this.refused.has(key)) return undefined;
    const { options } = message;
    const limit = this.node.limits.writeTimeoutMs;
    const given = options.deadlineMs === undefined ? (options.timeoutMs ?? limit) : options.deadlineMs - Date.now();
    const pending: PendingAppend = {
      correlationId: Buffer.from(message.correlationId),
      options,
      proposed: new ProposedEvents(this.node.limits),
      timer: given > 0 ? setTimeout(() => this.expire(key, pending), Math.min(limit, given)) : undefined,
      answered: false,
    };
    this.inFlight += 1;
    this.open.set(key, pending);
    try {
      checkWrite(this.node.access, this.caller, options.stream);
      if (given <= 0) this.refuse(pending, TIMEOUT);
    } catch (reason) {
      this.refuse(pending, asBatchError(reason));
    }
    return pending;
  }

  private expire(key: string, pending: PendingAppend): void {
    if (pending.answered) return;
    this.refuse(pending, TIMEOUT);
    if (this.open.has(key)) this.ignoreRest(key);
  }

  /** Chunks that still come of a refused append; a client that never sends the last one is forgotten about. */
  private ignoreRest(key: string): void {
    this.open.delete(key);
    this.refused.add(key);
    const [oldest] = this.refused;
    if (this.refused.size > REMEMBERED_REFUSALS && oldest !== undefined) this.refused.delete(oldest);
  }

  private async append(pending: PendingAppend): Promise<void> {
    const { options, proposed, correlationId } = pending;
    this.inFlightBytes += proposed.bytes;
    this.pauseOrResume();
    try {
      const outcome = await append(this.node.log, options.stream, options.expected, proposed.events);
      if (outcome.kind === 'appended')
        this.answer(pending, encodeBatchAppended(correlationId, options.stream, outcome));
      else if (outcome.kind === 'deleted')
        this.refuse(pending, {
          code: status.NOT_FOUND,
          type: 'StreamDeleted',
          detail: streamDeletedDetail(options.stream),
        });
      else
        this.refuse(pending, {
          code: status.ALREADY_EXISTS,
          type: 'WrongExpectedVersion',
          detail: wrongExpectedVersionDetail(outcome.expected, outcome.current),
        });
    } catch (reason) {
      this.refuse(pending, asBatchError(reason));
    }
    this.inFlightBytes -= proposed.bytes;
    this.pauseOrResume();
  }

  private pauseOrResume(): void {
    const { call, inFlightBytes } = this;
    if (inFlightBytes > IN_FLIGHT_BYTES || call.writableLength > UNREAD_ANSWERS) call.pause();
    else if (call.isPaused() && inFlightBytes < IN_FLIGHT_BYTES / 2) call.resume();
  }

  private refuse(pending: PendingAppend, error: BatchError): void {
    this.answer(pending, encodeBatchRefused(pending.correlationId, pending.options.stream, error));
  }

  private answer(pending: PendingAppend, response: Buffer): void {
    if (pending.answered) return;
    pending.answered = true;
    clearTimeout(pending.timer);
    this.call.write(response);
    this.inFlight -= 1;
    this.finishWhenDone();
  }

  private finishWhenDone(): void {
    if (this.halfClosed && this.inFlight === 0) this.finish();
  }
}

export const batchAppendService =
  (node: NodeContext) =>
  (call: ServerDuplexStream<never, Buffer>): void => {
    call.pause();
    void streaming(
      node,
      call,
      (caller, aborted) =>
        new Promise((finish) => {
          const batch = new BatchAppendCall(node, call, caller, finish);
          aborted.addEventListener('abort', () => finish(), { once: true });
          call.on('data', (message: BatchAppendMessage) => {
            if (!node.calls.stopping) batch.receive(message);
          });
          call.on('end', () => batch.end());
          call.resume();
        }),
    );
  };
