import amqplib, { type ChannelModel, type ConfirmChannel } from 'amqplib';
import pg from 'pg';
import { serveArm } from '../arm.ts';
import { paced } from '../paced.ts';
import { itemOf, uuidOf } from '../workload.ts';

// The yardstick of B6: one Postgres commit, then one message through RabbitMQ to one consumer, and nothing else.
let pool: pg.Pool;
let connection: ChannelModel;
let channel: ConfirmChannel;
let perSecond = 50;
let count = 250;
const arrivals = new Map<string, () => void>();

const operation = async (round: number, n: number): Promise<number> => {
  const id = uuidOf(`publish/${round}/${n}`);
  const arrived = new Promise<void>((resolve) => arrivals.set(id, resolve));
  const started = performance.now();
  await pool.query({
    name: 'append',
    text: 'INSERT INTO bench_event (stream, revision, data) VALUES ($1, $2, $3)',
    values: [id, n, JSON.stringify(itemOf(id, n % 8))],
  });
  channel.publish('bench', 'row', Buffer.from(JSON.stringify({ id, note: 'x'.repeat(200) })));
  await arrived;
  return performance.now() - started;
};

serveArm({
  setup: async (options) => {
    perSecond = Number(options.perSecond);
    count = Number(options.count);
    pool = new pg.Pool({ connectionString: String(options.databaseUrl), max: 16 });
    await pool.query(
      'CREATE TABLE bench_event (stream uuid, revision int, data jsonb, PRIMARY KEY (stream, revision))',
    );
    connection = await amqplib.connect(String(options.rabbitUrl));
    channel = await connection.createConfirmChannel();
    await channel.assertExchange('bench', 'topic', { durable: false, autoDelete: true });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, 'bench', '#');
    await channel.consume(
      queue,
      (message) => {
        const { id } = JSON.parse(message?.content.toString() ?? '{}') as { id: string };
        arrivals.get(id)?.();
        arrivals.delete(id);
      },
      { noAck: true },
    );
  },
  run: async (round) => {
    const latenciesMs = await paced(perSecond, count, (n) => operation(round, n));
    if (arrivals.size > 0) throw new Error(`${arrivals.size} messages never arrived`);
    return { ops: count, latenciesMs, verified: `${count} committed and delivered` };
  },
  teardown: async () => {
    await connection.close();
    await pool.end();
  },
});
