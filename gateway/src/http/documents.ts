import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { badInput } from '../errors.ts';
import { type Cost, costOf } from './cost.ts';
import { refuseExcess } from './excess.ts';
import type { Limits } from './limits.ts';
import { listedFields } from './listed.ts';
import { RequestErrors } from './request-errors.ts';

/** One operation, parsed, valid and ready to be judged by its variables. */
export type Operation = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly node: OperationDefinitionNode;
  /** The operation with its fragments alone, in one spelling: same operation, same text. */
  readonly source: string;
  readonly document: DocumentNode;
  /** What its lists show of each row, by the list's name. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  readonly costWith: (variables: Readonly<Record<string, unknown>>) => Cost;
};
/** What an operation asks for at its root, also by way of fragments. */
export const rootFields = ({ node, document }: Operation): readonly string[] => {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const fieldsOf = (set: SelectionSetNode | undefined): readonly string[] =>
    (set?.selections ?? []).flatMap((one) => {
      if (one.kind === Kind.FIELD) return [one.name.value];
      return fieldsOf(
        one.kind === Kind.INLINE_FRAGMENT ? one.selectionSet : fragments.get(one.name.value)?.selectionSet,
      );
    });
  return fieldsOf(node.selectionSet);
};
type Checked = { readonly operations: ReadonlyMap<string, Operation> } | { readonly refused: RequestErrors };

/**
 * Parses and validates a text once; repeats come from memory, refusals too. Each operation of a document becomes one of
 * its own, because what compiles queries keeps one compiled form per text.
 */
export const createDocuments = (
  schema: GraphQLSchema,
  limits: Limits,
  { introspection }: { introspection: boolean },
) => {
  const known = new LRUCache<string, Checked>({
    max: 1_000,
    maxSize: 20_000_000,
    sizeCalculation: (_, text) => text.length + 1,
  });
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];

  const parsed = (source: string): DocumentNode => {
    try {
      return parse(source, { maxTokens: limits.documentTokens });
    } catch (error) {
      throw new RequestErrors([error as GraphQLError]);
    }
  };

  const operationOf = (document: DocumentNode): Operation => {
    const node = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    const root = node && schema.getRootType(node.operation);
    if (!node || !root) throw new RequestErrors([new GraphQLError('There is no such operation')]);
    const fragments = new Map(
      document.definitions
        .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
        .map((one) => [one.name.value, one]),
    );
    let listed: Operation['listed'] | undefined;
    return {
      kind: node.operation,
      node,
      document,
      source: print(document),
      // Only once the operation has passed its limits: fragments may fan out.
      get listed() {
        listed ??= listedFields(node.selectionSet, fragments);
        return listed;
      },
      costWith: (variables) => costOf(root, node, fragments, variables),
    };
  };

  const check = (source: string): Checked => {
    try {
      const document = parsed(source);
      refuseExcess(document);
      const errors = validate(schema, document, rules, { maxErrors: 20 });
      if (errors.length > 0) throw new RequestErrors(errors);
      const apart = Object.entries(separateOperations(document));
      return { operations: new Map(apart.map(([name, one]) => [name, operationOf(one)])) };
    } catch (error) {
      if (error instanceof RequestErrors) return { refused: error };
      throw error;
    }
  };

  /** The operation to run. Throws RequestErrors. */
  return (
    source: string,
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>>,
  ): Operation => {
    const checked = known.get(source) ?? check(source);
    known.set(source, checked);
    if ('refused' in checked) throw checked.refused;
    const { operations } = checked;
    const [only] = operations.values();
    const operation = operationName ? operations.get(operationName) : operations.size === 1 ? only : undefined;
    if (!operation)
      throw new RequestErrors([
        badInput({ path: 'operationName', reason: 'Name one of the operations of the document' }),
      ]);
    const { depth, complexity } = operation.costWith(variables);
    if (depth > limits.depth)
      throw new RequestErrors([
        badInput({ path: 'query', reason: `It is ${depth} levels deep; ${limits.depth} are allowed` }),
      ]);
    if (complexity > limits.complexity)
      throw new RequestErrors([
        badInput({
          path: 'query',
          reason: `It may cost ${complexity}; ${limits.complexity} is allowed. Ask for fewer rows or fields`,
        }),
      ]);
    return operation;
  };
};
export type Documents = ReturnType<typeof createDocuments>;
