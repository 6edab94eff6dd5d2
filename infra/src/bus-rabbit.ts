import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { createBackoff } from './backoff.ts';
import { type Notice, Unavailable } from './ports.ts';

export type RabbitLink = {
  /** Resolves after the first attempt to connect, whatever its outcome; later attempts go on by themselves. */
  start(): Promise<void>;
  readonly isUp: () => boolean;
  /** Why it is not up. */
  readonly problem: () => string;
  /** Resolves when the broker has confirmed all of them; throws Unavailable. */
  publish(notices: readonly Notice[]): Promise<void>;
  /** From now on notices are handed to `onNotice`, also after each reconnection. */
  consume(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly urls: readonly string[];
  readonly exchange: string;
  readonly onNotice: (notice: Notice) => void;
  readonly onUp: () => void;
  readonly onDown: (problem: Error) => void;
};

/** RabbitMQ through one connection that is made again, with growing and jittered waits, whenever it is lost. */
export const createRabbitLink = ({ urls, exchange, onNotice, onUp, onDown }: Options): RabbitLink => {
  const closing = new AbortController();
  let live: { readonly channel: ConfirmChannel; readonly lost: Promise<never> } | undefined;
  let consuming = false;
  let problem = 'not connected yet';

  const startConsumer = async (channel: ConfirmChannel): Promise<void> => {
    // Exclusive: it is gone with the connection, so a process that died leaves nothing that fills up.
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, exchange, '#');
    const deliver = (message: { content: Buffer } | null) => {
      if (message) onNotice(JSON.parse(message.content.toString('utf8')) as Notice);
    };
    await channel.consume(queue, deliver, { noAck: true });
  };

  const open = async (): Promise<ChannelModel> => {
    const failures: string[] = [];
    for (const url of urls) {
      const withHeartbeat = new URL(url);
      // A peer that vanished without a word is noticed within two heartbeats.
      withHeartbeat.searchParams.set('heartbeat', '10');
      try {
        return await connect(withHeartbeat.href, { timeout: 2_000, noDelay: true });
      } catch (error) {
        failures.push(`${withHeartbeat.host}: ${reason(error)}`);
      }
    }
    throw new Error(failures.join('; ') || 'no address is configured');
  };

  /** Connects, serves until the connection is lost, and throws why it was. */
  const serve = async (connected: () => void): Promise<never> => {
    const connection = await open();
    try {
      const lost = new Promise<never>((_, reject) => {
        connection.on('error', reject);
        connection.on('close', () => reject(new Error('connection closed')));
        closing.signal.addEventListener('abort', () => reject(new Error('closed')), { once: true });
      });
      lost.catch(() => undefined);
      const channel = await connection.createConfirmChannel();
      channel.on('error', () => undefined);
      channel.on('close', () => void connection.close().catch(() => undefined));
      await channel.assertExchange(exchange, 'topic', { durable: true });
      if (consuming) await startConsumer(channel);
      live = { channel, lost };
      connected();
      onUp();
      return await lost;
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
        problem = reason(error);
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
    isUp: () => live !== undefined,
    problem: () => problem,
    publish: async (notices) => {
      if (!live) throw new Unavailable('rabbitmq', `RabbitMQ is away: ${problem}`);
      const { channel, lost } = live;
      const confirmed = notices.map(
        (notice) =>
          new Promise<void>((resolve, reject) => {
            const content = Buffer.from(JSON.stringify(notice));
            channel.publish(exchange, routingKey(notice), content, {}, (error) => (error ? reject(error) : resolve()));
          }),
      );
      await Promise.race([Promise.all(confirmed), lost]).catch((error: unknown) => {
        throw new Unavailable('rabbitmq', `RabbitMQ did not confirm: ${reason(error)}`, { cause: error });
      });
    },
    consume: async () => {
      if (consuming) return;
      consuming = true;
      // When this fails the connection is lost too, and the next one starts the consumer.
      if (live) await startConsumer(live.channel).catch(() => undefined);
    },
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

/** AMQP allows 255 bytes. */
const routingKey = ({ readModel, key }: Notice): string => {
  const full = `${readModel}.${key}`;
  return Buffer.byteLength(full) <= 255 ? full : Buffer.from(full).subarray(0, 252).toString('utf8').slice(0, 252);
};

const reason = (error: unknown): string => {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message : String(first);
};
