import type { AnyAggregate, CommandDef, Grant, Text } from '@cargoro/domain';

/** Descriptions stand in both languages: the schema is read by partners, not shown to users. */
export const both = ({ en, ko }: Text): string => `${en}\n${ko}`;

const grantText = ({ roles, as }: Grant): string =>
  `${roles.join(', ')}${as === 'any' ? '' : ` (as ${as.join(' or ')})`}`;

/** The refusals the kit may answer with before the aggregate decides, then those of the command. */
const refusalsOf = (def: CommandDef): readonly string[] => {
  const outside = def.in.every((state) => state === 'none') ? 'ALREADY_EXISTS' : 'WRONG_STATE';
  const missing = def.in.includes('none') ? [] : ['NOT_FOUND'];
  return [...new Set([...missing, def.otherwise ?? outside, ...(def.refuses ?? [])])];
};

export const commandDescription = (aggregate: AnyAggregate, def: CommandDef): string =>
  [
    both(def.label),
    both(def.doc),
    `Record: ${aggregate.name}. States: ${def.in.join(', ')}.`,
    `Roles: ${def.by.map(grantText).join('; ')}.`,
    `Refusals: ${refusalsOf(def).join(', ')}.`,
    ...(def.emits ? [`Events: ${def.emits.join(', ')}.`] : []),
  ].join('\n');
