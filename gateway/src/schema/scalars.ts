import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLScalarType,
  GraphQLString,
  valueFromASTUntyped,
} from 'graphql';

const typed = (name: string, description: string, type: 'string' | 'number') => {
  // Only the kind of value is judged here; the zod schema of the command or query says field and reason of all else.
  const parse = (value: unknown) => {
    if (typeof value === type) return value;
    throw new GraphQLError(`${name} is written as a ${type}, not ${value === null ? 'null' : typeof value}`);
  };
  return new GraphQLScalarType({
    name,
    description,
    parseValue: parse,
    parseLiteral: (node) => parse(valueFromASTUntyped(node)),
  });
};

export const DateTimeScalar = typed('DateTime', 'A moment in UTC, `2025-06-30T05:00:00.000Z`.', 'string');
export const DayScalar = typed('Day', 'A business day in Seoul, `2025-06-30`.', 'string');
export const WonScalar = typed('Won', 'Whole won, zero or more.', 'number');
export const SignedWonScalar = typed('SignedWon', 'Whole won, negative for discounts and credits.', 'number');
export const KmScalar = typed('Km', 'Whole kilometres, zero or more.', 'number');
export const PositionScalar = typed(
  'Position',
  'A place in the event log, decimal digits in a string. Larger is later.',
  'string',
);
export const JsonScalar = new GraphQLScalarType({ name: 'JSON', description: 'Any JSON value.' });

/** Scalars by the id or the string format of a zod schema. */
export const scalarById: Readonly<Record<string, GraphQLLeafType>> = {
  Uuid: GraphQLID,
  DateTime: DateTimeScalar,
  Day: DayScalar,
  Won: WonScalar,
  SignedWon: SignedWonScalar,
  Km: KmScalar,
  Position: PositionScalar,
};
export const scalarByFormat: Readonly<Record<string, GraphQLLeafType>> = {
  uuid: GraphQLID,
  guid: GraphQLID,
  datetime: DateTimeScalar,
  date: DayScalar,
};
export { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString };
