/** Arguments of a field as a story writes them; those that are undefined are left out. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A value of an enum, which GraphQL writes without quotes. */
export const word = (name: string): symbol => Symbol(name);

const literal = (value: unknown): string => {
  if (typeof value === 'symbol') return value.description ?? '';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${fieldsOf(value as Arguments)} }`;
};
const fieldsOf = (args: Arguments): string =>
  Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${literal(value)}`)
    .join(', ');

/** `{ id: 'a', first: 3 }` as GraphQL writes it: `(id: "a", first: 3)`. */
export const written = (args: Arguments): string => (Object.keys(args).length > 0 ? `(${fieldsOf(args)})` : '');
