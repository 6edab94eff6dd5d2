import fc from 'fast-check';
import { z } from 'zod';
import type { AnyAggregate, AnyCommand, AnyEvent } from './aggregate.ts';
import { kitRefusals } from './aggregate.ts';
import { partyEvents } from './event.ts';
import { expectDeclared, foldPlain, testContext, type World } from './spec.ts';

/** Ids come from a pool of three and texts stay short, so that random commands meet each other. */
const uuids = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const moments = ['2025-06-29T00:00:00.000Z', '2025-06-30T01:00:00.000Z', '2025-07-02T01:00:00.000Z'];
const byId: Record<string, fc.Arbitrary<unknown>> = {
  Uuid: fc.constantFrom(...uuids),
  DateTime: fc.constantFrom(...moments),
  Day: fc.constantFrom('2025-06-29', '2025-06-30', '2025-07-02'),
  Sha256: fc.constant('a'.repeat(64)),
  Km: fc.constantFrom(0, 1_000, 1_100, 60_000),
  Won: fc.constantFrom(0, 1_000, 100_005, 50_000),
};

type JsonSchema = {
  id?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  additionalProperties?: JsonSchema | boolean;
};

/** Random data of a schema, by way of its JSON Schema; what the pattern cannot express is left to the parse filter. */
const arbitraryOf = (schema: JsonSchema, defs: Record<string, JsonSchema>): fc.Arbitrary<unknown> => {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/$defs/', '');
    return byId[name] ?? arbitraryOf(defs[name] ?? {}, defs);
  }
  if (schema.id && byId[schema.id]) return byId[schema.id] as fc.Arbitrary<unknown>;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return fc.oneof(...union.map((s) => arbitraryOf(s, defs)));
  if (schema.allOf?.[0]) return arbitraryOf({ ...schema.allOf[0], ...schema, allOf: [] }, defs);
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      return fc.record(Object.fromEntries(properties.map(([key, s]) => [key, arbitraryOf(s, defs)])), {
        requiredKeys: schema.required ?? [],
      }) as fc.Arbitrary<unknown>;
    }
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, defs), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? -5,
        max: Math.min(schema.maximum ?? 2_000, (schema.minimum ?? 0) + 2_000),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 100, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : fc.constantFrom('a', 'b', 'c');
    default:
      return fc.constant('a');
  }
};

/** Schema-valid random input of one command; `samples` are mixed in where random data would rarely be valid. */
export const inputOf = (aggregate: AnyAggregate, type: string, samples: readonly Record<string, unknown>[] = []) => {
  const schema = aggregate.commands[type]?.input as z.ZodType;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const random = arbitraryOf(json, json.$defs ?? {});
  const source = samples.length > 0 ? fc.oneof(random, fc.constantFrom(...samples)) : random;
  // A number that is left out is filled in before the decision that counts.
  const field = aggregate.commands[type]?.series?.field;
  return source
    .map((value) => schema.safeParse(value))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data as Record<string, unknown>)
    .map((data): AnyCommand => ({ type, data: field && data[field] === '' ? { ...data, [field]: 'N-1' } : data }));
};

export type LawOptions = {
  readonly world?: World;
  /** Good inputs by command, mixed into the random ones. */
  readonly samples?: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  /** Histories to begin with besides an empty one, so that random runs reach late states too. */
  readonly from?: readonly (readonly AnyEvent[])[];
};

const codesOf = (aggregate: AnyAggregate, type: string): ReadonlySet<string> =>
  new Set([...Object.keys(aggregate.refusals), ...Object.keys(kitRefusals), aggregate.commands[type]?.otherwise ?? '']);

/**
 * The laws of every aggregate, over random runs of valid commands: nothing throws, every event fits its schema and
 * survives JSON, every refusal is declared with a message, what is possible is offered, a replay gives the same state, and the same command with the
 * same state decides the same.
 */
export const aggregateLaws = (aggregate: AnyAggregate, { world = {}, samples = {}, from = [] }: LawOptions = {}) => {
  const anyCommand = fc.oneof(
    ...Object.keys(aggregate.commands).map((type) => inputOf(aggregate, type, samples[type] ?? [])),
  );
  const start = fc.constantFrom<readonly AnyEvent[]>([], ...from);
  return fc.property(start, fc.array(anyCommand, { minLength: 1, maxLength: 30 }), (begun, commands) => {
    let log = [...begun];
    for (const command of commands) {
      const { state, parties } = foldPlain(aggregate, log);
      const decide = () => aggregate.decide(state, command, testContext(world, parties));
      const decision = decide();
      if (JSON.stringify(decision) !== JSON.stringify(decide()))
        throw new Error(`${command.type} is not deterministic`);
      if (aggregate.commands[command.type]?.in.includes(state.status))
        expectDeclared(aggregate, state, command.type, decision);
      if (!decision.ok) {
        if (!codesOf(aggregate, command.type).has(decision.code)) throw new Error(`${decision.code} is not declared`);
        if (!(decision.code in aggregate.refusals) && !(decision.code in kitRefusals))
          throw new Error(`${decision.code} has no message`);
        continue;
      }
      if (decision.events.length > 0 && !aggregate.offersNow(command.type, state))
        throw new Error(`${command.type} is possible but not offered`);
      for (const event of decision.events) {
        const def = aggregate.events[event.type] ?? (partyEvents as AnyAggregate['events'])[event.type];
        if (!def) throw new Error(`${event.type} is not declared`);
        def.schema.parse(event.data);
      }
      log = [...log, ...(JSON.parse(JSON.stringify(decision.events)) as AnyEvent[])];
      if (log.length > 0 && state.status === 'none' && decision.events.length > 0) {
        const { parties: listed } = foldPlain(aggregate, log);
        if (aggregate.context !== 'kit' && listed.length === 0) throw new Error(`${command.type} lists no parties`);
      }
    }
    const once = foldPlain(aggregate, log).state;
    const again = foldPlain(aggregate, JSON.parse(JSON.stringify(log)) as AnyEvent[]).state;
    if (JSON.stringify(once) !== JSON.stringify(again)) throw new Error('Replay differs');
  });
};

/** Checks the laws; pins every counterexample ever found through `examples`. */
export const checkLaws = (aggregate: AnyAggregate, options: LawOptions = {}): void =>
  fc.assert(aggregateLaws(aggregate, options), { numRuns: 200 });
