import {
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  printType,
} from 'graphql';
import { z } from 'zod';
import { kindOf, namedRoot, peel } from './peel.ts';
import * as scalars from './scalars.ts';

type AnyField = GraphQLOutputType & GraphQLInputType;
type Side = 'input' | 'output';
type Shape = Readonly<Record<string, z.ZodType>>;

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
const enumName = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

const literalsOf = (schema: z.ZodType): readonly string[] | undefined => {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  const values = schema instanceof z.ZodLiteral ? [...schema.values] : [];
  return values.length > 0 && values.every((value) => typeof value === 'string') ? (values as string[]) : undefined;
};

/**
 * GraphQL types of zod schemas, each made once: objects and enums by their `.meta({ id })`, else by their place
 * (`IssueInvoiceInput.documentKind` → `IssueInvoiceDocumentKind`). A union of objects becomes one object in which only
 * what all have is required: GraphQL has no unions for input, and one shape serves both directions. What has no fixed
 * shape (records, mixed unions) is JSON.
 */
export const createZodTypes = () => {
  const made = new Map<string, { readonly root: z.ZodType; readonly type: AnyField }>();

  /** Other schemas of a name already made: to be compared once all types are complete. */
  const twins: { readonly name: string; readonly standing: AnyField; readonly other: () => AnyField }[] = [];

  const once = (name: string, root: z.ZodType, make: () => AnyField): AnyField => {
    const standing = made.get(name);
    if (standing) {
      if (standing.root !== root) twins.push({ name, standing: standing.type, other: make });
      return standing.type;
    }
    const type = make();
    made.set(name, { root, type });
    return type;
  };

  const enumOf = (root: z.ZodType, name: string, values: readonly string[]): GraphQLLeafType => {
    if (!values.every((value) => enumName.test(value))) return scalars.GraphQLString;
    const make = () =>
      new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, { value }])) });
    return once(name, root, make) as GraphQLLeafType;
  };

  const scalarOf = (schema: z.ZodType): GraphQLLeafType => {
    if (schema instanceof z.ZodNumber) return schema.isInt ? scalars.GraphQLInt : scalars.GraphQLFloat;
    if (schema instanceof z.ZodBoolean) return scalars.GraphQLBoolean;
    const format = (schema as { format?: string | null }).format ?? '';
    if (kindOf(schema) === 'string') return scalars.scalarByFormat[format] ?? scalars.GraphQLString;
    if (schema instanceof z.ZodLiteral && schema.values.size === 1)
      return (
        { number: scalars.GraphQLInt, boolean: scalars.GraphQLBoolean }[String(typeof schema.value)] ??
        scalars.GraphQLString
      );
    return scalars.JsonScalar;
  };

  /** Fields all options of a union have together. */
  const unionShape = (options: readonly z.ZodObject[]): Shape => {
    const keys = [...new Set(options.flatMap((option) => Object.keys(option.shape)))];
    return Object.fromEntries(
      keys.map((key) => [key, unionField(options.map((option) => option.shape[key] as z.ZodType | undefined))]),
    );
  };
  const unionField = (variants: readonly (z.ZodType | undefined)[]): z.ZodType => {
    const present = variants.filter((variant) => variant !== undefined);
    const [first, ...others] = present;
    if (!first) return z.unknown();
    const literals = present.map((variant) => literalsOf(variant));
    const field = literals.every((values) => values !== undefined)
      ? z.enum([...new Set(literals.flat())] as [string, ...string[]])
      : others.every((other) => other === first)
        ? first
        : z.unknown();
    return present.length === variants.length ? field : field.optional();
  };

  const objectOf = (root: z.ZodType, shape: Shape, name: string, side: Side): AnyField =>
    once(name, root, () =>
      side === 'input'
        ? (new GraphQLInputObjectType({ name, fields: () => inputFields(shape, name) }) as unknown as AnyField)
        : (new GraphQLObjectType({ name, fields: () => outputFields(shape, name) }) as unknown as AnyField),
    );

  const typeOf = (schema: z.ZodType, name: string, side: Side): AnyField => {
    const named = namedRoot(schema);
    const scalar = named && scalars.scalarById[named.id];
    if (scalar) return scalar;
    const root = named?.root ?? schema;
    const typeName = named ? pascal(named.id) : name;
    const values = literalsOf(schema);
    if (values && (values.length > 1 || schema instanceof z.ZodEnum)) return enumOf(root, typeName, values);
    if (schema instanceof z.ZodArray)
      return new GraphQLList(requiredOf(schema.element as z.ZodType, singular(name), side)) as unknown as AnyField;
    const objectName = side === 'input' ? `${typeName}Input` : typeName;
    if (schema instanceof z.ZodObject) return objectOf(root, schema.shape as Shape, objectName, side);
    if (schema instanceof z.ZodUnion) {
      const options = schema.options.map((option) => peel(option as z.ZodType, side).schema);
      if (options.every((option) => option instanceof z.ZodObject))
        return objectOf(root, unionShape(options), objectName, side);
    }
    return scalarOf(schema);
  };

  const requiredOf = (schema: z.ZodType, name: string, side: Side): AnyField => {
    const { schema: bare, optional, nullable, hasDefault } = peel(schema, side);
    const type = typeOf(bare, name, side);
    const mayMiss = nullable || optional || (side === 'input' && hasDefault);
    return (mayMiss ? type : new GraphQLNonNull(type)) as AnyField;
  };

  const fieldsOf = (shape: Shape, parent: string, side: Side) =>
    Object.fromEntries(
      Object.entries(shape).map(([key, schema]) => {
        const description = schema.description ?? peel(schema, side).schema.description;
        return [
          key,
          {
            type: requiredOf(schema, `${parent.replace(/Input$/, '')}${pascal(key)}`, side),
            ...(description && { description }),
          },
        ];
      }),
    );
  /** Fields of an output object named `parent`. */
  const outputFields = (shape: Shape, parent: string): GraphQLFieldConfigMap<unknown, unknown> =>
    fieldsOf(shape, parent, 'output');
  /** Fields of an input object, or arguments of a field, named `parent`. */
  const inputFields = (shape: Shape, parent: string): GraphQLInputFieldConfigMap => fieldsOf(shape, parent, 'input');

  return {
    /** Throws when two schemas want one name for different shapes. */
    verify: (): void => {
      for (const { name, standing, other } of twins)
        if (printType(standing as unknown as GraphQLNamedType) !== printType(other() as unknown as GraphQLNamedType))
          throw new Error(`Two different shapes want the GraphQL name ${name}; give one of them another .meta({ id })`);
    },
    outputFields,
    inputFields,
    /** The input object of a whole schema, `name` without the ending `Input`. */
    input: (schema: z.ZodObject, name: string): GraphQLInputType =>
      objectOf(schema, schema.shape as Shape, `${name}Input`, 'input'),
  };
};
export type ZodTypes = ReturnType<typeof createZodTypes>;
