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
  /** By the stream category, which stands before the first dash of a stream's name. */
  readonly categories: ReadonlyMap<string, AnyAggregate>;
};

/** Command names are unique over all aggregates, since a command's name is all a caller gives. */
export const registryOf = (aggregates: readonly AnyAggregate[]): Registry => {
  const commands = new Map<string, Registered>();
  const categories = new Map<string, AnyAggregate>();
  for (const aggregate of aggregates) {
    if (categories.has(aggregate.category)) throw new Error(`Two aggregates use the category ${aggregate.category}`);
    categories.set(aggregate.category, aggregate);
    for (const [type, def] of Object.entries(aggregate.commands)) {
      const other = commands.get(type)?.aggregate.name;
      if (other) throw new Error(`${other} and ${aggregate.name} both have a command ${type}`);
      commands.set(type, { type, aggregate, def, input: def.input.strict() });
    }
  }
  return { commands, categories };
};
