import { readFile } from 'node:fs/promises';
import { aggregates, text } from '@cargoro/domain';
import { queries, subscriptions } from '@cargoro/read-api';
import { GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, GraphQLString, printType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSchema, sdlOf } from './schema.ts';
import { createZodTypes } from './zod-types.ts';

describe('the public schema', () => {
  const schema = createSchema({ aggregates, queries, subscriptions });
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

  it('is the one that was reviewed; `pnpm --filter @cargoro/gateway schema` writes it anew', async () => {
    expect(sdlOf(schema)).toBe(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  });
  it('describes every field of its roots in both languages, with the roles', () => {
    for (const root of roots)
      for (const [name, { description }] of Object.entries(root?.getFields() ?? {}))
        expect([name, description]).toEqual([name, expect.stringMatching(/[가-힣][\s\S]*Roles: |Roles: /)]);
    const said = schema.getMutationType()?.getFields().approveLines?.description;
    expect(said).toMatch(/승인[\s\S]*Refusals: .*NOT_FOUND.*STALE_VERSION.*\nEvents: LinesApproved/);
    // Only what this command is refused for, not whatever its record knows.
    expect(said).not.toMatch(/INVOICE_NOT_ISSUED/);
  });
  it('offers the past of every aggregate that people know of', () => {
    const withPast = queries.flatMap(({ readModel }) => {
      const fields = Object.keys((schema.getType(readModel.type) as GraphQLObjectType).getFields());
      return ['history', 'asOf', 'diff', 'allowedCommands'].every((name) => fields.includes(name))
        ? [readModel.record]
        : [];
    });
    // A claim holds a name for another record.
    const known = aggregates.map(({ name }) => name).filter((name) => name !== 'Claim');
    expect(known.filter((name) => !withPast.includes(name))).toEqual([]);
  });
  it('takes money beyond the range of Int', () => {
    expect(
      String(
        schema
          .getMutationType()
          ?.getFields()
          .recordPayment?.args.find(({ name }) => name === 'input')?.type,
      ),
    ).toBe('RecordPaymentInput!');
    const input = schema.getType('RecordPaymentInput') as GraphQLInputObjectType;
    expect(String(input.getFields().amountKrw?.type)).toBe('Won!');
  });
});

describe('a GraphQL type of a zod schema', () => {
  const Named = z.enum(['a', 'b']).meta({ id: 'Letter' });
  const shape = z.object({
    id: z.uuid(),
    letter: Named,
    at: z.iso.datetime(),
    note: z.string().optional(),
    count: z.int().default(1),
    lines: z.array(z.object({ text: z.string().nullable(), kind: z.enum(['x', 'y']) })),
    payer: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('org'), orgId: z.string() }),
      z.object({ kind: z.literal('user'), userId: z.string() }),
    ]),
    extra: z.record(z.string(), z.unknown()),
  });
  const print = (make: (types: ReturnType<typeof createZodTypes>) => GraphQLObjectType | GraphQLInputObjectType) => {
    const types = createZodTypes();
    const type = make(types);
    const query = new GraphQLObjectType({
      name: 'Query',
      fields: { f: type instanceof GraphQLInputObjectType ? { type: GraphQLString, args: { a: { type } } } : { type } },
    });
    const schema = new GraphQLSchema({ query });
    return Object.values(schema.getTypeMap())
      .filter(({ name }) => /^(Order|Letter)/.test(name))
      .map(printType)
      .join('\n');
  };

  it('tells reading from writing: defaults are there when read and optional when written', () => {
    const read = print(
      (types) => new GraphQLObjectType({ name: 'Order', fields: () => types.outputFields(shape.shape, 'Order') }),
    );
    const written = print((types) => types.input(shape, 'Order') as GraphQLInputObjectType);
    expect(read).toContain('count: Int!');
    expect(written).toContain('count: Int\n');
    expect([read, written]).toEqual([
      expect.stringContaining('letter: Letter!'),
      expect.stringContaining('letter: Letter!'),
    ]);
    expect(written).toMatch(/input OrderLineInput {\n {2}text: String\n {2}kind: OrderLineKind!/);
    expect(read).toMatch(/type OrderPayer {\n {2}kind: OrderPayerKind!\n {2}orgId: String\n {2}userId: String\n}/);
    expect(written).toContain('extra: JSON!');
  });

  it('is refused at boot when two shapes want one name', () => {
    const types = createZodTypes();
    types.input(z.object({ a: z.enum(['a']).meta({ id: 'Twin' }) }), 'One');
    const [one, two] = [z.object({ a: z.string() }), z.object({ b: z.string() })].map((inner) =>
      types.input(inner, 'Same'),
    );
    expect(one).toBe(two);
    expect(() => types.verify()).toThrow('Two different shapes want the GraphQL name SameInput');
  });

  it('definitions that name what is not there are refused at boot', () => {
    const [query] = queries;
    if (!query) throw new Error('There are no queries');
    const lost = { ...query, doc: text('x', 'x'), readModel: { ...query.readModel, type: 'Lost', record: 'Nobody' } };
    expect(() => createSchema({ aggregates, queries: [lost], subscriptions: [] })).toThrow('Nobody');
  });
});
