import type { ConfirmChannel } from 'amqplib';
import { type Notice, Unavailable } from './ports.ts';
import { createRabbit, reasonOf } from './rabbit.ts';
import { untilAborted } from './until-aborted.ts';

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

/** Notices over a topic exchange of RabbitMQ. */
export const createRabbitLink = ({ urls, exchange, onNotice, onUp, onDown }: Options): RabbitLink => {
  let consuming = false;

  const startConsumer = async (channel: ConfirmChannel): Promise<void> => {
    // Exclusive: it is gone with the connection, so a process that died leaves nothing that fills up.
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, exchange, '#');
    const deliver = (message: { content: Buffer } | null) => {
      if (message) onNotice(JSON.parse(message.content.toString('utf8')) as Notice);
    };
    await channel.consume(queue, deliver, { noAck: true });
  };
  const rabbit = createRabbit({
    urls,
    setUp: async (channel) => {
      await channel.assertExchange(exchange, 'topic', { durable: true });
      if (consuming) await startConsumer(channel);
    },
    onUp,
    onDown,
  });

  return {
    start: rabbit.start,
    isUp: () => rabbit.live() !== undefined,
    problem: rabbit.problem,
    publish: async (notices) => {
      const live = rabbit.live();
      if (!live) throw new Unavailable('rabbitmq', `RabbitMQ is away: ${rabbit.problem()}`);
      const { channel, lost } = live;
      const confirmed = notices.map(
        (notice) =>
          new Promise<void>((resolve, reject) => {
            const content = Buffer.from(JSON.stringify(notice));
            channel.publish(exchange, routingKey(notice), content, {}, (error) => (error ? reject(error) : resolve()));
          }),
      );
      await untilAborted(Promise.all(confirmed), lost).catch((error: unknown) => {
        throw new Unavailable('rabbitmq', `RabbitMQ did not confirm: ${reasonOf(error)}`, { cause: error });
      });
    },
    consume: async () => {
      if (consuming) return;
      consuming = true;
      const live = rabbit.live();
      // When this fails the connection is lost too, and the next one starts the consumer.
      if (live) await startConsumer(live.channel).catch(() => undefined);
    },
    close: rabbit.close,
  };
};

/** AMQP allows 255 bytes. */
const routingKey = ({ readModel, key }: Notice): string => {
  const full = `${readModel}.${key}`;
  return Buffer.byteLength(full) <= 255 ? full : Buffer.from(full).subarray(0, 252).toString('utf8').slice(0, 252);
};
