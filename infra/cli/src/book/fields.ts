import { z } from 'zod';

type Json = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Json>>;
  readonly id?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly items?: Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
};

/** The shape of a schema as one reads it aloud: `{ id: Uuid, lines: { qty, note? }[] }`; named types by their names. */
const shapeOf = (json: Json): string => {
  if (json.$ref) return json.$ref.replace('#/$defs/', '');
  if (json.id) return json.id;
  if (json.const !== undefined) return JSON.stringify(json.const);
  if (json.enum) return json.enum.map(String).join(' | ');
  const union = json.anyOf ?? json.oneOf;
  if (union) return union.map(shapeOf).join(' | ');
  if (json.type === 'array') return `${shapeOf(json.items ?? {})}[]`;
  if (json.type === 'object' && json.properties) return `{ ${fieldsIn(json).join(', ')} }`;
  return json.type ?? 'any';
};

const fieldsIn = ({ properties = {}, required = [] }: Json): readonly string[] =>
  Object.entries(properties).map(([name, field]) => {
    const shape = shapeOf(field);
    return `${name}${required.includes(name) ? '' : '?'}${shape === 'string' ? '' : `: ${shape}`}`;
  });

/** Fields of an input or an event, in the order of their declaration; plain texts go without a type. */
export const fieldsOf = (schema: z.ZodObject, io: 'input' | 'output'): string =>
  fieldsIn(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json).join(', ');
