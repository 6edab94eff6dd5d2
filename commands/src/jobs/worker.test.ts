import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aggregates, complete, job, type ProcessInput, processActor, schedule } from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { rabbitInstalled, type TestPostgres, testPostgres, testRabbit } from '@cargoro/infra/testing';
import { createWorkQueue, type WorkQueue } from '@cargoro/infra/work-queue';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statelessProcess } from '../../test/stateless.ts';
import { idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { deadLetter } from './dead-letter.ts';
import { legalReport } from './legal-report.ts';
import { type Jobs, startJobs } from './worker.ts';

let world: TestWorld;
let database: TestPostgres;
let server: Server;
let received: { key: string | undefined; body: unknown }[];
let answer: () => { status: number; body: string };
let started: Jobs[];

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return JSON.parse(body);
};
beforeEach(async () => {
  world = await startWorld();
  database = await testPostgres();
  await migrateCommands(database.postgres);
  received = [];
  started = [];
  answer = () => ({ status: 200, body: JSON.stringify({ receiptNo: 'R-1' }) });
  server = createServer(async (request, response) => {
    received.push({ key: String(request.headers['idempotency-key']), body: await bodyOf(request) });
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await Promise.all(started.map((jobs) => jobs.stop()));
  await new Promise((resolve) => server.close(resolve));
  await database.stop();
  await world.stop();
});

/** Hands a report out, and what came of it to the list of the dead. */
const reporting = statelessProcess('Reporting', ({ type, data }) => {
  if (type === 'Begun') return [job('legalReport', { url: data.url, report: { repairOrderId: 'order-1' } })];
  if (type === 'legalReportFailed') return [job('deadLetter', { type: 'legalReport', subject: 'order-1', ...data })];
  return type === 'legalReportDone' ? [complete] : [schedule('never', '2099-01-01T00:00:00.000Z')];
});
const node = () => world.node({ aggregates: [...aggregates, reporting.aggregate] });
/** Everybody works for himself, as without RabbitMQ. */
const alone = () => createWorkQueue({ rabbitmqUrls: [], mayFallBack: true, queue: 'alone' });
const start = async (queue?: WorkQueue) => {
  const jobs = startJobs({
    ...{ log: world.log, commands: node(), postgres: database.postgres, processes: [reporting] },
    queue: queue ?? (await alone()),
    logger: createLogger({ level: 'silent' }),
    handlers: { legalReport, deadLetter: deadLetter(database.postgres) },
  });
  started.push(jobs);
  return jobs;
};
const begin = async (url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/k4`) => {
  const input = { id: idOf('begun'), type: 'Begun', data: { url }, at: world.clock() };
  const actor = processActor('Reporting');
  await node().dispatch({ ...world.request('TellReporting', { key: 'one', input }), actor });
};
/** Inputs the process was told, once there are so many. */
const told = async (count: number): Promise<readonly ProcessInput[]> => {
  const inputs: ProcessInput[] = [];
  for await (const message of world.log.subscribe({ signal: AbortSignal.timeout(20_000) }))
    if (message.kind === 'event' && message.event.type === 'ReportingAdvanced') {
      inputs.push((message.event.data as { input: ProcessInput }).input);
      if (inputs.length === count) return inputs;
    }
  return inputs;
};

describe('jobs', () => {
  it('are done and told to the process, with what came of them', async () => {
    await start();
    await begin();
    const [, done] = await told(2);
    expect(done).toMatchObject({ type: 'legalReportDone', data: { receiptNo: 'R-1' } });
    expect(received).toEqual([{ key: 'order-1', body: { repairOrderId: 'order-1' } }]);
  });

  it('that fail are told why, and what is given up is on the list of the dead', async () => {
    answer = () => ({ status: 503, body: '' });
    await start();
    await begin();
    const [, failed, kept] = await told(3);
    expect(failed).toMatchObject({ type: 'legalReportFailed', data: { reason: 'The end point answered 503' } });
    expect(kept?.type).toBe('deadLetterDone');
    const dead = await database.postgres.query('select process, type, message from process_dead_letter');
    expect(dead).toEqual([{ process: 'jobs', type: 'legalReport', message: 'order-1: The end point answered 503' }]);
  });

  it('cannot be reached: that too is a failure to be told', async () => {
    await start();
    await begin('http://127.0.0.1:1/k4');
    const [, failed] = await told(2);
    expect(failed?.type).toBe('legalReportFailed');
  });

  it('are done again under the same key after a crash, and count once', async () => {
    const first = await start();
    await begin();
    await told(2);
    await first.stop();
    await database.postgres.query(`delete from process_checkpoint where name = 'jobs'`);
    const end = await world.log.end();
    await (await start()).passed(end);
    expect(received.map(({ key }) => key)).toEqual(['order-1', 'order-1']);
    expect(await world.log.end()).toBe(end);
  });

  it.skipIf(!rabbitInstalled())('are shared by all copies over RabbitMQ, each told once', async () => {
    const { url, exchange } = await testRabbit();
    const queues = await Promise.all(
      [1, 2].map(() => createWorkQueue({ rabbitmqUrls: [url], mayFallBack: false, queue: exchange })),
    );
    for (const queue of queues) await start(queue);
    await begin();
    const [, done] = await told(2);
    expect(done).toMatchObject({ type: 'legalReportDone', data: { receiptNo: 'R-1' } });
    expect(received).toEqual([{ key: 'order-1', body: { repairOrderId: 'order-1' } }]);
    await Promise.all(queues.map((queue) => queue.close()));
  });
});
