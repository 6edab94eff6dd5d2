import type { PartState } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';

/** A timer of a process, or a notice on its way to a person. */
export type AgendaItem = {
  readonly kind: 'timer' | 'notice';
  /** Process and timer, or channel and template. */
  readonly what: string;
  /** The process's key, or the person. */
  readonly about: string;
  /** When it was to happen, UTC. */
  readonly at: string;
};
/** What was given up: a command, a job or a notice, and why. */
export type DeadItem = {
  /** Who gave up, and on what. */
  readonly what: string;
  /** The stream it was for. */
  readonly about: string;
  readonly at: string;
  readonly why: string;
};
export type Agenda = {
  readonly due: readonly AgendaItem[];
  readonly late: readonly AgendaItem[];
  readonly dead: readonly DeadItem[];
};
export type AgendaCounts = { readonly due: number; readonly late: number; readonly dead: number };

/** What is due is done at once by whoever runs the processes; a minute later it is late. */
const graceMs = 60_000;
/** How far `due` looks ahead. */
const aheadMs = 3_600_000;

const waiting = `select 'timer' as kind, process || ' ' || timer as what, key as about, due_at as at from process_timer
  union all
  select 'notice', channel || ' ' || template, user_id, due_at from notice_outbox where status = 'waiting'`;
const dead = `select process || ' ' || type as what, stream as about, at, code || ': ' || message as why
  from process_dead_letter`;

const momentsAround = (now: string): readonly [late: string, ahead: string] => [
  new Date(Date.parse(now) - graceMs).toISOString(),
  new Date(Date.parse(now) + aheadMs).toISOString(),
];

/** The earliest of what is due within the hour or late, and the newest of what is dead; at most so many of each. */
export const agendaOf = async (postgres: Postgres, now: string, most: number): Promise<Agenda> => {
  const [late, ahead] = momentsAround(now);
  const items = (from: string, to: string) =>
    postgres.query<AgendaItem>(`select * from (${waiting}) w where at > $1 and at <= $2 order by at, what limit $3`, [
      from,
      to,
      most,
    ]);
  return {
    due: await items(late, ahead),
    late: await items('-infinity', late),
    dead: await postgres.query<DeadItem>(`${dead} order by at desc, what limit $1`, [most]),
  };
};

/** How many there are: due within the hour, late, dead. */
export const countAgenda = async (postgres: Postgres, now: string): Promise<AgendaCounts> => {
  const [counts] = await postgres.query<AgendaCounts>(
    `select count(*) filter (where at > $1)::int as due, count(*) filter (where at <= $1)::int as late,
      (select count(*)::int from process_dead_letter) as dead
    from (${waiting}) w where at <= $2`,
    [...momentsAround(now)],
  );
  return counts ?? { due: 0, late: 0, dead: 0 };
};

/** For the health page: work that is late is not being done. */
export const agendaState = async (postgres: Postgres, now: string): Promise<Omit<PartState, 'part'>> => {
  const { due, late, dead } = await countAgenda(postgres, now);
  return {
    status: late > 0 ? 'degraded' : 'up',
    detail: `${due} due within the hour, ${late} late, ${dead} dead`,
  };
};
