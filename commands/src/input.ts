import { Code, DateTime, isOurs, Prose } from '@cargoro/domain';
import { z } from 'zod';
import type { Registered, Registry } from './registry.ts';
import { CommandError, type CommandRequest } from './types.ts';

export type FieldProblem = { readonly path: string; readonly reason: string };
export type ParsedCommand = {
  readonly registered: Registered;
  readonly data: Record<string, unknown>;
  readonly stream: string;
};

/** A form with ten thousand bad lines is told about the first ones only. */
const mostFields = 50;
/** What a stream's name is made of; the store would allow more than is wise. */
const recordId = /^[\p{L}\p{N}_.:-]{1,150}$/u;
const aheadMs = 5 * 60_000;
const behindMs = 7 * 24 * 3_600_000;

const commandId = /^[A-Za-z0-9_.:-]{1,64}$/;
/** What travels beside the input of a command, over GraphQL and HTTP alike. */
export const Envelope = z.object({
  commandId: z.string().regex(commandId, 'Use a UUID, or 1 to 64 letters, digits and _ . : -'),
  expectedRevision: z
    .string()
    .regex(/^(-1|0|[1-9]\d{0,18})$/, 'Use a decimal number, or -1 for a record that must not exist')
    .optional(),
  correlationId: Code.optional(),
  causationId: Code.optional(),
  occurredAt: DateTime.optional(),
  reasonCode: Code.optional(),
  reasonText: Prose.optional(),
  deviceId: Code.optional(),
  clientSeq: z.int().min(0).optional(),
});

export const badInput = (...fields: readonly FieldProblem[]): CommandError =>
  new CommandError('BAD_USER_INPUT', fields.map(({ path, reason }) => `${path}: ${reason}`).join('; '), fields);

/** Zod's findings as fields with a path such as `lines.3.unitPriceKrw`. */
export const fieldsOf = (issues: readonly z.core.$ZodIssue[], root = 'input'): FieldProblem[] =>
  issues.slice(0, mostFields).flatMap((issue) => {
    const path = issue.path.map(String);
    return issue.code === 'unrecognized_keys'
      ? issue.keys
          .slice(0, mostFields)
          .map((key) => ({ path: [...path, key].join('.'), reason: 'There is no such field' }))
      : [{ path: path.join('.') || root, reason: issue.message }];
  });

export const findCommand = ({ commands }: Registry, type: string): Registered => {
  const registered = commands.get(type);
  if (!registered) throw badInput({ path: 'type', reason: `There is no command ${type.slice(0, 64)}` });
  return registered;
};

/** The request as a command to one record. Throws BAD_USER_INPUT with every field at fault. */
export const parseCommand = (registered: Registered, request: CommandRequest): ParsedCommand => {
  const parsed = registered.input.safeParse(request.input);
  if (!parsed.success) throw badInput(...fieldsOf(parsed.error.issues));
  const { data } = parsed;
  const id = registered.aggregate.idOf(data);
  if (!recordId.test(id))
    throw badInput({ path: 'input', reason: 'The record’s id holds characters that are not allowed' });
  return { registered, data, stream: `${registered.aggregate.category}-${id}` };
};

/** Checks what travels beside the input and tells which moment the command is about: the device's, or ours. */
export const momentOf = (request: CommandRequest, clock: string): string => {
  const envelope = Envelope.safeParse(request);
  if (!envelope.success) throw badInput(...fieldsOf(envelope.error.issues));
  const { occurredAt } = envelope.data;
  if (occurredAt === undefined) return clock;
  const at = Date.parse(occurredAt);
  if (!isOurs(request.actor)) {
    if (at > Date.parse(clock) + aheadMs) throw badInput({ path: 'occurredAt', reason: 'This lies in the future' });
    if (at < Date.parse(clock) - behindMs)
      throw badInput({ path: 'occurredAt', reason: 'What happened offline is taken for 7 days' });
  }
  return new Date(at).toISOString();
};
