import type { AnyAggregate, CommandDef } from '@cargoro/domain';
import type { z } from 'zod';

export type Registered = {
  readonly type: string;
  readonly aggregate: AnyAggregate;
  readonly def: CommandDef;
  /** The input as callers must send it: an unknown field is refused by name, not dropped. */
  readonly input: z.ZodObject;
};
export type Registry = {
  readonly commands: ReadonlyMap<string, Registered>;
};

/** Command names are unique over all aggregates, since a command's name is all a caller gives. */
export const registryOf = (aggregates: readonly AnyAggregate[]): Registry => {
  const commands = new Map<string, Registered>();
  for (const aggregate of aggregates) {
    for (const [type, def] of Object.entries(aggregate.commands)) {
      const other = commands.get(type)?.aggregate.name;
      if (other) throw new Error(`${other} and ${aggregate.name} both have a command ${type}`);
      commands.set(type, { type, aggregate, def, input: def.input.strict() });
    }
  }
  return { commands };
};
