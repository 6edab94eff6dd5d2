import type { z } from 'zod';

/** A question that cannot be answered as it was asked. `fields` names what is wrong with which argument. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  constructor(
    readonly code: 'BAD_USER_INPUT' | 'FORBIDDEN' | 'NOT_FOUND',
    message: string,
    readonly fields?: readonly { readonly path: string; readonly reason: string }[],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const badArgument = (path: string, reason: string): ReadError =>
  new ReadError('BAD_USER_INPUT', `${path}: ${reason}`, [{ path, reason }]);

/** Arguments in the shape a definition asks for, or a ReadError naming each field that is wrong. */
export const parsed = (schema: z.ZodObject, args: unknown): Record<string, unknown> => {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message }));
  throw new ReadError('BAD_USER_INPUT', fields.map(({ path, reason }) => `${path}: ${reason}`).join('; '), fields);
};
