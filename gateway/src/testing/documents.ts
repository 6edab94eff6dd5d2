import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Everything a type offers, a few levels deep; what needs a moment of the past is left out. */
export const selectionOf = (type: GraphQLOutputType, levels = 7): string => {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(({ type: arg }) => isNonNullType(arg)) || field.name === 'asOf') return [];
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return [field.name];
    if (levels === 0) return [];
    const args = field.name === 'history' ? '(first: 5)' : '';
    return [`${field.name}${args} ${selectionOf(inner, levels - 1)}`];
  });
  return `{ ${fields.join(' ')} }`;
};

/** Values by the name of a field, where its type alone would give something no schema takes. */
export type Samples = Readonly<Record<string, unknown>>;
const byType: Samples = {
  ID: '00000000-0000-4000-8000-00000000ffff',
  String: 'x',
  Int: 1,
  Float: 1,
  Boolean: true,
  Won: 1,
  SignedWon: 1,
  Km: 50_000,
  DateTime: new Date(Date.now() + 3_600_000).toISOString(),
  Day: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
  JSON: {},
};

/** A value a type takes: required fields only, filled from the samples. */
export const sampleOf = (type: GraphQLInputType, name: string, samples: Samples): unknown => {
  const bare = getNullableType(type);
  if (name in samples && !isListType(bare)) return samples[name];
  if (isListType(bare)) return [sampleOf(bare.ofType as GraphQLInputType, name.replace(/s$/, ''), samples)];
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  if (isInputObjectType(bare))
    return Object.fromEntries(
      Object.values(bare.getFields()).flatMap((field) =>
        isNonNullType(field.type) || field.name in samples
          ? [[field.name, sampleOf(field.type, field.name, samples)]]
          : [],
      ),
    );
  return byType[getNamedType(bare as GraphQLInputType).name];
};

/** Arguments by variables: those required and those we have a value for. */
export const argumentsOf = (args: readonly GraphQLArgument[], samples: Samples) => {
  const used = args.filter(({ name, type }) => isNonNullType(type) || name in samples);
  return {
    declared: used.length > 0 ? `(${used.map(({ name, type }) => `$${name}: ${type}`).join(', ')})` : '',
    passed: used.length > 0 ? `(${used.map(({ name }) => `${name}: $${name}`).join(', ')})` : '',
    variables: Object.fromEntries(used.map(({ name, type }) => [name, sampleOf(type, name, samples)])),
  };
};
