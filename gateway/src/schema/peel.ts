import { z } from 'zod';

/** What remains of a zod schema without its wrappers, and what they said. */
export type Peeled = {
  readonly schema: z.ZodType;
  /** The key may be left out when writing. */
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
};

type Def = {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
  readonly getter?: () => z.ZodType;
};
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;
export const kindOf = (schema: z.ZodType): string => defOf(schema).type;

/** Takes optional, nullable, default and pipes off. `side` chooses which end of a pipe counts. */
export const peel = (schema: z.ZodType, side: 'input' | 'output'): Peeled => {
  let current = schema;
  const said = { optional: false, nullable: false, hasDefault: false };
  for (;;) {
    const def = defOf(current);
    if (def.type === 'optional') said.optional = true;
    else if (def.type === 'nullable') said.nullable = true;
    else if (def.type === 'default' || def.type === 'prefault' || def.type === 'catch') said.hasDefault = true;
    else if (def.type === 'pipe') {
      const out = def.out && kindOf(def.out) !== 'transform' ? def.out : def.in;
      current = (side === 'input' ? def.in : out) ?? current;
      continue;
    } else if (def.type === 'lazy' && def.getter) {
      current = def.getter();
      continue;
    } else if (def.type !== 'readonly' && def.type !== 'nonoptional') return { schema: current, ...said };
    if (!def.innerType) return { schema: current, ...said };
    current = def.innerType;
  }
};

/**
 * The id given by `.meta({ id })`, also when checks were added afterwards (`Won.min(1)` is a Won); `root` is the schema
 * that carries it.
 */
export const namedRoot = (schema: z.ZodType): { readonly id: string; readonly root: z.ZodType } | undefined => {
  for (let current: z.ZodType | undefined = schema; current; current = current._zod.parent as z.ZodType | undefined) {
    const id = z.globalRegistry.get(current)?.id;
    if (id) return { id, root: current };
  }
  return undefined;
};
