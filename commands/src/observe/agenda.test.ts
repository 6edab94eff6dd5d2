import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrateCommands } from '../migrate.ts';
import { agendaOf, agendaState, countAgenda } from './agenda.ts';

const now = '2025-06-30T06:00:00.000Z';
let database: TestPostgres;

beforeAll(async () => {
  database = await testPostgres();
  await migrateCommands(database.postgres);
});
afterAll(() => database.stop());

const timer = (timer: string, at: string) =>
  database.postgres.query(
    `insert into process_timer (process, key, timer, due_at, correlation_id) values ('EstimateExpiry', 'k', $1, $2, 'c')`,
    [timer, at],
  );
const notice = (id: string, status: string, at: string) =>
  database.postgres.query(
    `insert into notice_outbox (id, notice_id, event_id, position, correlation_id, user_id, channel, template,
      filled_with, status, due_at)
    values ($1, 'n', 'e', 1, 'c', 'person', 'email', 'estimateSent', '{}', $2, $3)`,
    [id, status, at],
  );

it('an empty agenda is up, and says so', async () => {
  expect(await agendaState(database.postgres, now)).toEqual({
    status: 'up',
    detail: '0 due within the hour, 0 late, 0 dead',
  });
});

it('tells apart what is due, late, dead, and what is none of it', async () => {
  await timer('expire', '2025-06-30T06:59:59.000Z');
  await timer('remind', '2025-06-30T05:59:30.000Z');
  await timer('forgotten', '2025-06-30T05:58:59.000Z');
  await timer('tomorrow', '2025-07-01T06:00:00.000Z');
  await notice('1', 'waiting', '2025-06-29T06:00:00.000Z');
  await notice('2', 'sent', '2025-06-29T06:00:00.000Z');
  await notice('3', 'dead', '2025-06-30T04:00:00.000Z');
  await database.postgres.query(
    `insert into process_dead_letter (command_id, process, event_id, stream, position, type, code, message, at)
    values ('c1', 'PartForJob', 'e', 'repairOrder-1', 7, 'ReserveStock', 'INTERNAL', 'a defect', '2025-06-30T05:00:00Z')`,
  );

  expect(await countAgenda(database.postgres, now)).toEqual({ due: 2, late: 2, dead: 1 });
  expect(await agendaState(database.postgres, now)).toMatchObject({ status: 'degraded' });
  const agenda = await agendaOf(database.postgres, now, 10);
  expect(agenda.due.map(({ what }) => what)).toEqual(['EstimateExpiry remind', 'EstimateExpiry expire']);
  expect(agenda.late).toEqual([
    { kind: 'notice', what: 'email estimateSent', about: 'person', at: '2025-06-29T06:00:00.000Z' },
    { kind: 'timer', what: 'EstimateExpiry forgotten', about: 'k', at: '2025-06-30T05:58:59.000Z' },
  ]);
  expect(agenda.dead).toEqual([
    {
      ...{ what: 'PartForJob ReserveStock', about: 'repairOrder-1', at: '2025-06-30T05:00:00.000Z' },
      why: 'INTERNAL: a defect',
    },
  ]);
});

it('lists no more than asked for, the earliest first', async () => {
  const { due, late, dead } = await agendaOf(database.postgres, now, 1);
  expect([due, late, dead].map((items) => items.length)).toEqual([1, 1, 1]);
  expect(late[0]?.what).toBe('email estimateSent');
});
