import { z } from 'zod';
import { peel } from './peel.ts';

/**
 * GraphQL lets every optional field be `null`; a zod schema takes the key's absence alone. Drops such nulls, and keeps
 * those a schema asks for. Everything else stays as it came, for the schema to judge.
 */
export const withoutNulls = (schema: z.ZodType, value: unknown): unknown => {
  const { schema: bare } = peel(schema, 'input');
  if (Array.isArray(value))
    return bare instanceof z.ZodArray ? value.map((item) => withoutNulls(bare.element as z.ZodType, item)) : value;
  if (typeof value !== 'object' || value === null) return value;
  const shapes =
    bare instanceof z.ZodObject
      ? [bare.shape]
      : bare instanceof z.ZodUnion
        ? bare.options.flatMap((option) => (option instanceof z.ZodObject ? [option.shape] : []))
        : [];
  const fieldOf = (key: string) => shapes.map((shape) => shape[key] as z.ZodType | undefined).find(Boolean);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const field = fieldOf(key);
      if (!field) return [[key, item]];
      const { optional, hasDefault, nullable } = peel(field, 'input');
      if (item === null && (optional || hasDefault) && !nullable) return [];
      return [[key, withoutNulls(field, item)]];
    }),
  );
};
