import {
  type Actor,
  type AnyAggregate,
  type CommandDef,
  type Context,
  foldParties,
  partyMay,
  roleMay,
} from '@cargoro/domain';
import { inputOf } from '@cargoro/domain/testing';
import fc from 'fast-check';
import { cast, people } from './cast.ts';
import { choicesOf, drawFor, dress } from './draw.ts';
import { coreInputs } from './inputs/core.ts';
import { deliveryInputs } from './inputs/delivery.ts';
import { fleetInputs } from './inputs/fleet.ts';
import { moneyInputs } from './inputs/money.ts';
import { partsInputs } from './inputs/parts.ts';
import { repairInputs } from './inputs/repair.ts';
import type { Knowledge } from './knowledge.ts';
import { type Choice, choose, type Kind, type Option, type Whim } from './options.ts';

const inputs = { ...coreInputs, ...repairInputs, ...moneyInputs, ...deliveryInputs, ...partsInputs, ...fleetInputs };

const banks = new Map<string, readonly Record<string, unknown>[]>();
/** Inputs as the laws draw them, for their shape: every field, every variant. */
const bankOf = ({ aggregate, type }: Option): readonly Record<string, unknown>[] => {
  const known = banks.get(type) ?? fc.sample(inputOf(aggregate, type), { numRuns: 8, seed: 7 }).map(({ data }) => data);
  banks.set(type, known);
  return known;
};

const dayOf = (ymd = ''): string => `${ymd.slice(0, 4)}-${ymd.slice(4, 6)}-${ymd.slice(6)}`;
/** The fields by which a command names a record that is there. */
const refOf = (aggregate: AnyAggregate, id: string, type: string): Record<string, unknown> => {
  const [first = '', second = '', third = '1'] = id.split('.');
  switch (aggregate.name) {
    case 'BayDay':
      return { bayId: first, day: dayOf(second) };
    case 'DriverShift':
      return { driverId: first, day: dayOf(second), n: Number(third) };
    case 'StockItem':
      return { warehouseId: first, partId: second };
    case 'TripLog':
      return { vehicleId: first, month: second };
    case 'FleetLedger':
      return { contractId: first, ...(type !== 'BookCost' && { year: Number(second) }) };
    case 'Setting': {
      const [key = ''] = id.split('.').slice(id.startsWith('org:') || id.startsWith('platform.') ? 1 : 0);
      return { ...(type.endsWith('Setting') && { scope: first }), key: id.slice(first.length + 1) || key };
    }
    default:
      return { [String((aggregate as { id?: unknown }).id)]: id };
  }
};
const namesItself = (aggregate: AnyAggregate): boolean => typeof (aggregate as { id?: unknown }).id === 'string';

const actorFor = ({ aggregate, type, record }: Choice, whim: Whim): Actor => {
  const { by = [] } = aggregate.commands[type] ?? {};
  if (by.length === 0 || whim.chance(0.06)) return cast.system;
  if (whim.chance(0.04)) return whim.one(people) ?? cast.system;
  const may = people.filter((actor) => (record ? partyMay(by, actor, record.folded.parties) : roleMay(by, actor)));
  return whim.one(may) ?? cast.system;
};

export type Drawn = { readonly type: string; readonly input: Record<string, unknown>; readonly actor: Actor };

type About = Kind & { readonly knowledge: Knowledge; readonly now: string; readonly seed: number };
const drawOnce = (about: About): (Choice & Drawn) | undefined => {
  const whim = choicesOf(about.seed ^ 0x5eed);
  const choice = choose(whim, about.knowledge, about);
  if (!choice) return undefined;
  const { aggregate, type, record } = choice;
  const actor = actorFor(choice, whim);
  const draw = drawFor(about, record, actor);
  const base = dress(draw.one(bankOf(choice)) ?? {}, '', draw) as Record<string, unknown>;
  const begins = !record && aggregate.commands[type]?.in.includes('none') && !byOthers.includes(aggregate.name);
  const input = {
    ...base,
    ...(begins && namesItself(aggregate) && { [String((aggregate as { id?: unknown }).id)]: draw.fresh() }),
    ...(draw.chance(0.97) ? inputs[type]?.(draw) : {}),
    ...(record && refOf(aggregate, record.id, type)),
  };
  return { ...choice, type, input: JSON.parse(JSON.stringify(input)) as Record<string, unknown>, actor };
};
/** Named by the car they are about. */
const byOthers = ['MaintenancePlan'];

const stricts = new Map<string, CommandDef['input']>();
const strictOf = (type: string, input: CommandDef['input']): CommandDef['input'] => {
  const strict = stricts.get(type) ?? input.strict();
  stricts.set(type, strict);
  return strict;
};
/** Would it go through, as far as whoever sends it can see? Others may be quicker, and much is not seen. */
const looksGood = ({ aggregate, type, input, actor }: Choice & Drawn, { knowledge, now }: About): boolean => {
  const def = aggregate.commands[type];
  const parsed = def && strictOf(type, def.input).safeParse(input);
  if (!def || !parsed?.success) return false;
  const seen = (of: AnyAggregate, id: string) => knowledge.records.get(`${of.category}-${id}`)?.folded;
  const folded = seen(aggregate, aggregate.idOf(parsed.data));
  const state = folded?.state ?? aggregate.initial;
  const ctx = {
    ...{ now, actor, parties: folded?.parties ?? [], newId: () => actor.id, hash: () => 'a'.repeat(64) },
    ...{ fact: (of: AnyAggregate, id: string) => seen(of, id)?.state ?? of.initial, list: () => [] },
    count: (lookup: string) => (lookup === 'publishedPoliciesOfGroup' ? 2 : 0),
    partiesOf: (of: AnyAggregate, id: string) => seen(of, id)?.parties ?? [],
  } as Context;
  if (!def.in.includes(state.status)) return false;
  const decision = aggregate.decide(state, { type, data: parsed.data }, ctx);
  const parties = decision.ok ? decision.events.reduce(foldParties, ctx.parties) : [];
  return decision.ok && partyMay(def.by, actor, parties);
};
const mostTries = 8;

/** Somebody's next command: mostly one that makes sense to them, now and then a slip. */
export const drawCommand = (about: About): Drawn | undefined => {
  const isSlip = choicesOf(about.seed).chance(0.15);
  for (let tries = 0; ; tries++) {
    const drawn = drawOnce({ ...about, seed: (about.seed + tries * 7_919) >>> 0 });
    if (drawn && (isSlip || tries === mostTries || looksGood(drawn, about)))
      return { type: drawn.type, input: drawn.input, actor: drawn.actor };
    if (tries === mostTries) return undefined;
  }
};
