import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { defaultPage } from '../schema/paging.ts';

/** What running an operation may cost, judged before it runs. */
export type Cost = { readonly depth: number; readonly complexity: number };
type Variables = Readonly<Record<string, unknown>>;

/** Fields that read the store for each row they stand on; the rest costs its place in the answer. */
const reads: Readonly<Record<string, number>> = { history: 50, asOf: 50, diff: 50 };
/** A command appends; a handful may share a request. */
const mutationCost = 100;

const mostPlaces = 50_000;

/**
 * One for each value of the answer: a page counts as often as `first` says. Fragments are followed; validation has
 * already refused circles.
 */
export const costOf = (
  root: GraphQLObjectType,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
): Cost => {
  let depth = 0;
  /** Fragments that fan out may stand for more places than one can count; from here on it is just too much. */
  let places = 0;
  const ofSelections = (type: unknown, { selections }: SelectionSetNode, level: number): number => {
    depth = Math.max(depth, level);
    places += selections.length;
    if (places > mostPlaces) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        sum += ofSelections(type, selection.selectionSet, level);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) sum += ofSelections(type, fragment.selectionSet, level);
      } else {
        const fields = isObjectType(type) ? [type] : isUnionType(type) ? type.getTypes() : [];
        const field = fields.map((one) => one.getFields()[selection.name.value]).find(Boolean);
        const own = 1 + (reads[selection.name.value] ?? 0);
        if (!selection.selectionSet) {
          sum += own;
          continue;
        }
        const paged = field?.args.some(({ name }) => name === 'first');
        const first = selection.arguments?.find(({ name }) => name.value === 'first')?.value;
        const asked =
          first?.kind === Kind.INT
            ? Number(first.value)
            : first?.kind === Kind.VARIABLE
              ? variables[first.name.value]
              : undefined;
        const times = paged ? Math.max(1, typeof asked === 'number' ? asked : defaultPage) : 1;
        sum += own + times * ofSelections(field && getNamedType(field.type), selection.selectionSet, level + 1);
      }
    }
    return sum;
  };
  const complexity = ofSelections(root, operation.selectionSet, 1);
  const commands = operation.operation === 'mutation' ? operation.selectionSet.selections.length * mutationCost : 0;
  return { depth, complexity: complexity + commands };
};
