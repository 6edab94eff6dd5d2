import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Unavailable } from './ports.ts';
import { rabbitInstalled, startRabbitServer, testRabbit } from './testing.ts';
import { createWorkQueue, type Worker, type WorkQueueOptions } from './work-queue.ts';

const forever = new AbortController().signal;
/** A queue of the test's own, and how to wait until it is or is not served by RabbitMQ. */
const watched = async (options: Pick<WorkQueueOptions, 'rabbitmqUrls' | 'queue'> & { mayFallBack?: boolean }) => {
  let wake = () => {};
  const queue = await createWorkQueue({ mayFallBack: true, ...options, onState: () => wake() });
  const becomes = async (status: string) => {
    while (queue.state().status !== status) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { queue, becomes };
};
/** Doubles numbers, and keeps whose it was. */
const doubling = (name: string, by: Map<number, string[]>): Worker => {
  return async (work) => {
    by.set(work as number, [...(by.get(work as number) ?? []), name]);
    return (work as number) * 2;
  };
};

describe.skipIf(!rabbitInstalled())('the work queue over RabbitMQ', () => {
  it('shares work among all who serve, each piece once, and brings every answer back', async () => {
    const { url, exchange: name } = await testRabbit();
    const by = new Map<number, string[]>();
    const queues = await Promise.all(
      ['a', 'b', 'c'].map(() => createWorkQueue({ rabbitmqUrls: [url], queue: name, mayFallBack: true })),
    );
    await Promise.all(queues.slice(0, 2).map((queue, n) => queue.serve(doubling(`worker ${n}`, by))));
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    const answers = await Promise.all(numbers.map((n) => queues[2]?.ask(n, forever)));
    expect(answers).toEqual(numbers.map((n) => n * 2));
    expect([...by.values()].every((names) => names.length === 1)).toBe(true);
    expect(new Set([...by.values()].flat()).size).toBe(2);
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it('gives what a worker left unanswered to another', async () => {
    const { url, exchange: name } = await testRabbit();
    const options = { rabbitmqUrls: [url], queue: name, mayFallBack: false };
    const [asking, leaving, staying] = await Promise.all([1, 2, 3].map(() => createWorkQueue(options)));
    if (!asking || !leaving || !staying) throw new Error('unreachable');
    const begun = new Promise<void>((resolve) => {
      void leaving.serve(async (_, signal) => {
        resolve();
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      });
    });
    const answer = asking.ask('piece', forever);
    await begun;
    await staying.serve(async (work) => `${work} done`);
    await leaving.close();
    expect(await answer).toBe('piece done');
    await Promise.all([asking.close(), staying.close()]);
  });

  it('rejects as the worker did, and when the asker gives up', async () => {
    const { url, exchange: name } = await testRabbit();
    const queue = await createWorkQueue({ rabbitmqUrls: [url], queue: name, mayFallBack: false });
    const giving = new AbortController();
    const given = queue.ask('nobody serves', giving.signal);
    giving.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    await queue.serve(() => Promise.reject(new Error('cannot')));
    await expect(queue.ask(1, forever)).rejects.toThrow('cannot');
    await queue.close();
  });

  it('survives a killed broker: the asker is told, works alone meanwhile, and goes back', async () => {
    const broker = await startRabbitServer();
    const { queue, becomes } = await watched({ rabbitmqUrls: [broker.url], queue: randomUUID() });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    let hold = true;
    await queue.serve(async (work, signal) => {
      begin();
      if (hold) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return `${work} done`;
    });
    const lost = queue.ask('under way', forever);
    lost.catch(() => undefined);
    await begun;
    await broker.kill();
    await expect(lost).rejects.toBeInstanceOf(Unavailable);
    hold = false;
    await becomes('degraded');
    expect(queue.state()).toMatchObject({ fallback: 'in-process' });
    expect(await queue.ask('meanwhile', forever)).toBe('meanwhile done');
    await broker.start();
    await becomes('up');
    expect(await queue.ask('after', forever)).toBe('after done');
    await queue.close();
    await broker.stop();
  });
});

describe('the work queue without RabbitMQ', () => {
  it('works in the process that asks', async () => {
    const { queue } = await watched({ rabbitmqUrls: ['amqp://127.0.0.1:1'], queue: 'away' });
    await queue.serve(async (work) => (work as number) + 1);
    expect(await queue.ask(1, forever)).toBe(2);
    await queue.close();
  });

  it('is unavailable where working alone is not allowed', async () => {
    const { queue } = await watched({ rabbitmqUrls: ['amqp://127.0.0.1:1'], queue: 'away', mayFallBack: false });
    await queue.serve(async (work) => work);
    await expect(queue.ask(1, forever)).rejects.toBeInstanceOf(Unavailable);
    expect(queue.state()).toMatchObject({ part: 'away', status: 'down' });
    await queue.close();
  });
});
