import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { createBackoff } from './backoff.ts';
import { Unavailable } from './ports.ts';
import { untilAborted } from './until-aborted.ts';

/** A connection that stands: its channel, and a signal that aborts, with the reason, when it is lost. */
export type LiveRabbit = { readonly channel: ConfirmChannel; readonly lost: AbortSignal };
export type Rabbit = {
  /** Resolves after the first attempt to connect, whatever its outcome; later attempts go on by themselves. */
  start(): Promise<void>;
  readonly live: () => LiveRabbit | undefined;
  /** Why it is not connected. */
  readonly problem: () => string;
  close(): Promise<void>;
};

type Options = {
  /** Tried in turn. */
  readonly urls: readonly string[];
  /** Declares and consumes on each new channel, before anybody else may use it. */
  readonly setUp: (channel: ConfirmChannel) => Promise<void>;
  readonly onUp: () => void;
  readonly onDown: (problem: Unavailable) => void;
};

/** RabbitMQ through one connection that is made again, with growing and jittered waits, whenever it is lost. */
export const createRabbit = ({ urls, setUp, onUp, onDown }: Options): Rabbit => {
  const closing = new AbortController();
  let live: LiveRabbit | undefined;
  let problem = 'not connected yet';

  const open = async (): Promise<ChannelModel> => {
    const failures: string[] = [];
    for (const url of urls) {
      const withHeartbeat = new URL(url);
      // A peer that vanished without a word is noticed within two heartbeats.
      withHeartbeat.searchParams.set('heartbeat', '10');
      try {
        return await connect(withHeartbeat.href, { timeout: 2_000, noDelay: true });
      } catch (error) {
        failures.push(`${withHeartbeat.host}: ${reasonOf(error)}`);
      }
    }
    throw new Error(failures.join('; ') || 'no address is configured');
  };

  /** Connects, serves until the connection is lost, and throws why it was. */
  const serve = async (connected: () => void): Promise<never> => {
    const connection = await open();
    const ended = new AbortController();
    const lost = ended.signal;
    try {
      connection.on('error', (error) => ended.abort(error));
      connection.on('close', () => ended.abort(new Error('connection closed')));
      const channel = await connection.createConfirmChannel();
      channel.on('error', () => undefined);
      channel.on('close', () => void connection.close().catch(() => undefined));
      await setUp(channel);
      live = { channel, lost };
      connected();
      onUp();
      return await untilAborted(new Promise<never>(() => undefined), lost, closing.signal);
    } finally {
      live = undefined;
      await connection.close().catch(() => undefined);
    }
  };

  let running: Promise<void> | undefined;
  const run = async (firstAttempt: () => void): Promise<void> => {
    const backoff = createBackoff();
    while (!closing.signal.aborted) {
      await serve(() => {
        backoff.reset();
        firstAttempt();
      }).catch((error: unknown) => {
        if (closing.signal.aborted) return;
        problem = reasonOf(error);
        onDown(new Unavailable('rabbitmq', `RabbitMQ is away: ${problem}`, { cause: error }));
        firstAttempt();
      });
      await backoff.wait(closing.signal);
    }
  };

  return {
    start: () =>
      new Promise((resolve) => {
        running = run(resolve);
      }),
    live: () => live,
    problem: () => problem,
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

export const reasonOf = (error: unknown): string => {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message : String(first);
};
