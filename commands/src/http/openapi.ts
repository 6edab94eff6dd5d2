import { type AnyAggregate, type CommandDef, kitRefusals, type Text } from '@cargoro/domain';
import { z } from 'zod';
import { Envelope } from '../input.ts';

type Json = Record<string, unknown>;

/** What a caller posts: the envelope, and the input of the command. */
export const CommandBody = Envelope.extend({ input: z.unknown() }).strict();

const Outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    streamId: z.string(),
    revision: z.string().describe('Decimal: the revision of the record after this command'),
    position: z.string().describe('Decimal: the position in the log to wait for when reading'),
    events: z.array(z.string()),
  }),
  z.object({ kind: z.literal('rejected'), code: z.string(), message: z.string() }),
]);
const Problem = z.object({
  error: z.object({
    code: z.enum(['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT', 'CONFLICT', 'UNAVAILABLE', 'INTERNAL']),
    message: z.string(),
    fields: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
  }),
});

const both = ({ en, ko }: Text): string => `${en}\n\n${ko}`;
const rolesOf = ({ by }: CommandDef): string[] =>
  by.flatMap(({ roles, as }) => roles.map((role) => (as === 'any' ? role : `${role} as ${as.join(' or ')}`)));

/** JSON Schema with named types gathered under `components.schemas`. */
const gatherer = (schemas: Json) => {
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    const { $schema: _, $defs: __, id: ___, ...rest } = value as Json;
    return Object.fromEntries(
      Object.entries(rest).map(([key, field]) => [
        key,
        key === '$ref' ? String(field).replace('#/$defs/', '#/components/schemas/') : moved(field),
      ]),
    );
  };
  return (schema: z.ZodType): Json => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
    for (const [name, def] of Object.entries((json.$defs ?? {}) as Json)) schemas[name] = moved(def);
    return moved(json) as Json;
  };
};

const problems = {
  400: 'BAD_USER_INPUT, with the path and reason of each field',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  409: 'CONFLICT with the named expectedRevision',
  413: 'The body is larger than 256 KB',
  503: 'UNAVAILABLE: send the same commandId again later',
};
const content = (name: string): Json => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });

/** Paths besides the commands, each with the operation to post to and the shapes it takes and gives. */
export type OtherPaths = Readonly<
  Record<
    string,
    { readonly operation: Json; readonly input: z.ZodType; readonly answer: z.ZodType; readonly refusals: Json }
  >
>;

/** OpenAPI 3.1 of every public command, generated from the definitions; messages of refusals in both languages. */
export const openApi = (aggregates: readonly AnyAggregate[], version: string, others: OtherPaths = {}): Json => {
  const schemas: Json = {};
  const schemaOf = gatherer(schemas);
  schemas.CommandOutcome = schemaOf(Outcome);
  schemas.CommandProblem = schemaOf(Problem);
  const envelope = schemaOf(Envelope.strict()) as { properties: Json; required: string[] };
  const responses = {
    200: { description: 'Accepted, or refused by the business', content: content('CommandOutcome') },
    ...Object.fromEntries(
      Object.entries(problems).map(([status, description]) => [
        status,
        { description, content: content('CommandProblem') },
      ]),
    ),
  };
  const operation = (aggregate: AnyAggregate, type: string, def: CommandDef): Json => {
    schemas[`${type}Input`] = schemaOf(def.input.strict());
    const input = { $ref: `#/components/schemas/${type}Input` };
    const body = {
      ...envelope,
      properties: { ...envelope.properties, input },
      required: [...envelope.required, 'input'],
    };
    return {
      operationId: type,
      summary: def.label.en,
      description: both(def.doc),
      tags: [aggregate.name],
      'x-roles': rolesOf(def),
      'x-states': def.in,
      'x-refusals': { ...aggregate.refusals, ...kitRefusals },
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
      responses,
    };
  };
  const other = ({ operation, input, answer, refusals }: OtherPaths[string]): Json => ({
    ...operation,
    'x-refusals': refusals,
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(input) } } },
    responses: {
      ...responses,
      200: { description: 'Taken in', content: { 'application/json': { schema: schemaOf(answer) } } },
      403: { description: 'Refused: one of x-refusals', content: content('CommandProblem') },
      429: { description: 'RATE_LIMITED: send again after `retry-after` seconds', content: content('CommandProblem') },
    },
  });
  const paths = Object.fromEntries(
    aggregates.flatMap((aggregate) =>
      Object.entries(aggregate.commands)
        .filter(([, def]) => !def.internal)
        .map(([type, def]) => [`/commands/${type}`, { post: operation(aggregate, type, def) }]),
    ),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'CarGoro commands', version },
    tags: aggregates.map(({ name, doc }) => ({ name, description: both(doc) })),
    security: [{ bearer: [] }],
    paths: {
      ...paths,
      ...Object.fromEntries(Object.entries(others).map(([path, one]) => [path, { post: other(one) }])),
    },
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
};
