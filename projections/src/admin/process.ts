import { DateTime } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const Timer = z.object({ timer: z.string(), at: DateTime }).meta({ id: 'ProcessTimer' });
const row = z.object({
  status: z.enum(['running', 'completed']).meta({ id: 'ProcessStatus' }),
  process: z.string(),
  key: z.string(),
  /** What it was told last. */
  step: z.string(),
  /** Commands it sent last; empty while it waits. */
  sent: z.array(z.string()),
  /** Timers it waits for, the next one first. */
  timers: z.array(Timer),
  nextTimerAt: DateTime.nullable(),
  inputs: z.int(),
  /** How often a command of it was refused. */
  refusals: z.int(),
  lastRefusal: z.string().nullable(),
  correlationId: z.string(),
  startedAt: DateTime,
  toldAt: DateTime,
});
type Reaction = { kind: string; type?: string; timer?: string; at?: string };
type Advanced = {
  key: string;
  input: { type: string; at: string; data: { code?: string; timer?: string } };
  reactions: Reaction[];
};

/** A process under way: its step, what it waits for, and whether it is stuck. For the platform’s staff. */
export const ProcessView = readModel({
  name: 'rm_process',
  type: 'Process',
  version: 1,
  group: 'admin',
  row,
  scope: ['process', 'status', 'correlationId'],
  indexes: [['toldAt', 'id'], ['process', 'status'], ['correlationId']],
  from: [],
  raw: true,
  platform: true,
  seenBy: () => [],
  key: ({ stream, type }) => (stream.startsWith('process-') && type.endsWith('Advanced') ? stream : undefined),
}).folds({
  every: (before, { stream, type, data, meta }) => {
    const { key, input, reactions } = data as Advanced;
    const refused = input.type.endsWith('Rejected');
    const completed = reactions.some(({ kind }) => kind === 'complete');
    const changed = new Set([input.data.timer, ...reactions.map(({ timer }) => timer)]);
    const timers = completed
      ? []
      : [
          ...(before?.timers ?? []).filter(({ timer }) => !changed.has(timer)),
          ...reactions.flatMap(({ kind, timer, at }) => (kind === 'schedule' && timer && at ? [{ timer, at }] : [])),
        ].sort((a, b) => (a.at < b.at ? -1 : 1));
    return {
      status: completed ? 'completed' : 'running',
      process: stream.slice('process-'.length, stream.indexOf('.')) || type,
      ...{ key, step: input.type, timers, nextTimerAt: timers[0]?.at ?? null, toldAt: input.at },
      sent: reactions.flatMap(({ kind, type: sent }) => (kind === 'send' && sent ? [sent] : [])),
      inputs: (before?.inputs ?? 0) + 1,
      refusals: (before?.refusals ?? 0) + (refused ? 1 : 0),
      lastRefusal: refused ? (input.data.code ?? input.type) : (before?.lastRefusal ?? null),
      correlationId: before?.correlationId ?? meta.correlationId,
      startedAt: before?.startedAt ?? input.at,
    };
  },
});
