import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const fieldsIn = (set: SelectionSetNode | undefined, fragments: Fragments): readonly FieldNode[] =>
  (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet, fragments);
    return fieldsIn(fragments.get(selection.name.value)?.selectionSet, fragments);
  });

/** Fields of the nodes each list of an operation asks for, by the list's name: nothing else need be read. */
export const listedFields = (root: SelectionSetNode, fragments: Fragments): ReadonlyMap<string, readonly string[]> => {
  const listed = new Map<string, readonly string[]>();
  for (const list of fieldsIn(root, fragments)) {
    const within = (fields: readonly FieldNode[], name: string) =>
      fields.filter((field) => field.name.value === name).flatMap((field) => fieldsIn(field.selectionSet, fragments));
    const names = within(
      within(
        [list].flatMap((field) => fieldsIn(field.selectionSet, fragments)),
        'edges',
      ),
      'node',
    );
    const known = listed.get(list.name.value) ?? [];
    listed.set(list.name.value, [...new Set([...known, ...names.map((field) => field.name.value)])]);
  }
  return listed;
};
