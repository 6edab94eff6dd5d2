/** A connection as the gateway gives it. */
export type Connection<Node> = {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

/** Every page of a connection, one after another; for lists that are short by nature, such as the cars in a workshop. */
export const allPages = async <Node>(
  read: (after: string | null) => Promise<Connection<Node>>,
): Promise<readonly Node[]> => {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Connection<Node> = await read(after);
    nodes.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return nodes;
    after = page.pageInfo.endCursor;
  }
};
