import { randomUUID } from 'node:crypto';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { type PartState, tellChanges, Unavailable } from './ports.ts';
import { createRabbit, type LiveRabbit } from './rabbit.ts';
import { untilAborted } from './until-aborted.ts';

/** Does one piece of work, given and answered as JSON. It rejects only when it should be handed out anew. */
export type Worker = (work: unknown, signal: AbortSignal) => Promise<unknown>;

/**
 * Work for whoever is free. The broker carries it and keeps nothing that matters: who asks has to ask again after a
 * crash, so a piece may be done more than once.
 */
export type WorkQueue = {
  /**
   * Resolves with what came of it, rejects as its worker did. Done here while RabbitMQ is away, where that is allowed;
   * throws Unavailable otherwise, and when the connection is lost meanwhile.
   */
  ask(work: unknown, signal: AbortSignal): Promise<unknown>;
  /** From now on this process works too. */
  serve(worker: Worker): Promise<void>;
  readonly state: () => PartState;
  /** Ends the work under way; what nobody has answered goes to others. */
  close(): Promise<void>;
};

export type WorkQueueOptions = {
  /** RabbitMQ addresses, tried in turn; none means that each process works for itself. */
  readonly rabbitmqUrls: readonly string[];
  readonly mayFallBack: boolean;
  readonly queue: string;
  /** Told of each change between RabbitMQ and working alone. */
  readonly onState?: (state: PartState) => void;
};

type Answer = { readonly done?: unknown; readonly failed?: string };

/** Pieces that one process works on side by side. */
const atOnce = 4;

export const createWorkQueue = async (options: WorkQueueOptions): Promise<WorkQueue> => {
  const { rabbitmqUrls, mayFallBack, queue, onState } = options;
  const stopping = new AbortController();
  const waiting = new Map<string, (answer: Answer) => void>();
  let worker: Worker | undefined;
  let replies = '';

  const work = async (channel: ConfirmChannel, message: ConsumeMessage, does: Worker): Promise<void> => {
    const { replyTo, correlationId } = message.properties as { replyTo: string; correlationId: string };
    const answer: Answer = await does(JSON.parse(message.content.toString('utf8')), stopping.signal).then(
      (done) => ({ done }),
      (error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }),
    );
    // Unanswered, it goes to somebody else.
    if (stopping.signal.aborted) return;
    channel.sendToQueue(replyTo, Buffer.from(JSON.stringify(answer)), { correlationId });
    channel.ack(message);
  };
  const startWorker = async (channel: ConfirmChannel, does: Worker): Promise<void> => {
    await channel.consume(queue, (message) => {
      // The connection may be lost before the answer: then it is asked for again.
      if (message) work(channel, message, does).catch(() => undefined);
    });
  };
  const rabbit = createRabbit({
    urls: rabbitmqUrls,
    setUp: async (channel) => {
      await channel.prefetch(atOnce);
      await channel.assertQueue(queue, { durable: true });
      ({ queue: replies } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false }));
      const receive = (message: ConsumeMessage | null): void => {
        if (!message) return;
        waiting.get(String(message.properties.correlationId))?.(JSON.parse(message.content.toString('utf8')) as Answer);
      };
      await channel.consume(replies, receive, { noAck: true });
      if (worker) await startWorker(channel, worker);
    },
    onUp: () => tell(),
    onDown: () => tell(),
  });

  const askOver = async ({ channel, lost }: LiveRabbit, piece: unknown, signal: AbortSignal): Promise<unknown> => {
    const id = randomUUID();
    const answered = new Promise<Answer>((resolve) => void waiting.set(id, resolve));
    try {
      channel.sendToQueue(queue, Buffer.from(JSON.stringify(piece)), { correlationId: id, replyTo: replies });
      const { done, failed } = await untilAborted(answered, lost, signal);
      if (failed !== undefined) throw new Error(failed);
      return done;
    } catch (error) {
      if (signal.aborted || !lost.aborted) throw error;
      throw new Unavailable('rabbitmq', 'RabbitMQ went away before the work was done', { cause: error });
    } finally {
      waiting.delete(id);
    }
  };
  const state = (): PartState => {
    if (rabbit.live()) return { part: queue, status: 'up' };
    if (!mayFallBack) return { part: queue, status: 'down', detail: rabbit.problem() };
    return { part: queue, status: 'degraded', fallback: 'in-process', detail: rabbit.problem() };
  };
  const tell = tellChanges(state, onState);
  if (rabbitmqUrls.length > 0) await rabbit.start();

  return {
    ask: async (piece, signal) => {
      signal.throwIfAborted();
      const live = rabbit.live();
      if (live) return askOver(live, piece, signal);
      if (mayFallBack && worker) return worker(piece, AbortSignal.any([signal, stopping.signal]));
      throw new Unavailable('rabbitmq', `RabbitMQ is away: ${rabbit.problem()}`);
    },
    serve: async (does) => {
      worker = does;
      const live = rabbit.live();
      // When this fails the connection is lost too, and the next one starts the worker.
      if (live) await startWorker(live.channel, does).catch(() => undefined);
    },
    state,
    close: async () => {
      stopping.abort();
      await rabbit.close();
    },
  };
};
