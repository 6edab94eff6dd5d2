import {
  type AnyProcess,
  type ProcessInput,
  processActor,
  type RecordedEvent,
  type StoredEvent,
} from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { CommandRequest } from '../types.ts';
import type { DueTimer } from './timers.ts';

type Trace = { readonly correlationId: string; readonly causationId: string };

/** The command that tells one instance of a process one input; its id hangs on the input's, so it counts once. */
const tell = ({ name, command }: AnyProcess, key: string, input: ProcessInput, trace: Trace): CommandRequest => ({
  type: command,
  input: { key, input },
  commandId: uuidv5(input.id, `${name}.${key}`),
  actor: processActor(name),
  ...trace,
});

/** One for each instance the event concerns. */
export const tellEvent = (process: AnyProcess, event: RecordedEvent): readonly CommandRequest[] => {
  const data = event.data as Record<string, unknown>;
  const keys = process.correlate[event.type]?.(data, event) ?? [];
  const { id, type, stream, meta } = event;
  const input = { id, type, stream, data, at: meta.occurredAt };
  const trace = { correlationId: meta.correlationId, causationId: id };
  return [...new Set(typeof keys === 'string' ? [keys] : keys)].map((key) => tell(process, key, input, trace));
};

/** A command the process sent was refused: that too is something to react to. */
export const tellRefusal = (
  process: AnyProcess,
  event: StoredEvent,
  sent: CommandRequest,
  code: string,
  at: string,
): CommandRequest => {
  const { key } = event.data as { key: string };
  const input = {
    id: uuidv5(sent.commandId, 'rejected'),
    type: `${sent.type}Rejected`,
    data: { code, data: sent.input },
    at,
  };
  return tell(process, key, input, { correlationId: event.meta.correlationId, causationId: event.id });
};

export const tellTimer = (process: AnyProcess, { key, timer, dueAt, correlationId }: DueTimer): CommandRequest => {
  const id = uuidv5(`${process.name}.${key}`, `${timer}@${dueAt}`);
  return tell(process, key, { id, type: 'TimerFired', data: { timer }, at: dueAt }, { correlationId, causationId: id });
};

/** How a job the process handed out has ended. */
export const tellJob = (
  process: AnyProcess,
  key: string,
  { id, meta }: StoredEvent,
  input: ProcessInput,
): CommandRequest => tell(process, key, input, { correlationId: meta.correlationId, causationId: id });
