import type { AnyAggregate, CommandDef, Grant, Moves } from '@cargoro/domain';
import type { z } from 'zod';
import { fieldsOf } from './fields.ts';
import { both, code, codes, page, table } from './markdown.ts';

const grantOf = ({ roles, as }: Grant): string => `${roles.join(', ')}${as === 'any' ? '' : ` (${as.join(', ')})`}`;

const whoMay = ({ by, internal }: CommandDef): string => (internal ? 'system' : by.map(grantOf).join('; ') || 'system');

const commandRows = ({ commands }: AnyAggregate) =>
  Object.entries(commands).map(([name, def]) => [
    `${code(name)} ${both(def.label)}`,
    fieldsOf(def.input, 'input'),
    whoMay(def),
    def.in.join(', '),
    codes(def.emits ?? []),
    codes([...new Set([...(def.refuses ?? []), ...(def.otherwise ? [def.otherwise] : [])])].sort()),
  ]);

const eventRows = ({ events }: AnyAggregate) =>
  Object.entries(events).map(([name, { schema, version, personal }]) => [
    code(name),
    String(version),
    fieldsOf(schema as z.ZodObject, 'output'),
    Object.keys(personal).join(', '),
  ]);

/** `stateDiagram-v2` of what each event does; GitHub and most editors draw it. */
const diagram = (moves: Moves): string => {
  const arrows = Object.entries(moves).flatMap(([event, from]) =>
    Object.entries(from).flatMap(([before, after]) =>
      [after].flat().map((to) => `  ${before === 'none' ? '[*]' : before} --> ${to}: ${event}`),
    ),
  );
  return ['```mermaid', 'stateDiagram-v2', ...arrows, '```'].join('\n');
};

/** One record of the domain: its states, commands, events and refusals. */
export const recordPage = (aggregate: AnyAggregate): string => {
  const { name, doc, category, moves, refusals } = aggregate;
  const sections: readonly (readonly [string, string])[] = [
    ['States', moves ? diagram(moves) : ''],
    [
      'Commands',
      table(['command', 'fields', 'who may', 'in states', 'events', 'refused with'], commandRows(aggregate)),
    ],
    ['Events', table(['event', 'version', 'fields', 'personal'], eventRows(aggregate))],
    [
      'Refusals',
      table(
        ['code', '한국어', 'English'],
        Object.entries(refusals).map(([key, { ko, en }]) => [code(key), ko, en]),
      ),
    ],
  ];
  return page(
    `# ${name}`,
    both(doc),
    `Stream: ${code(`${category}-<id>`)}`,
    ...sections.filter(([, body]) => body !== '').map(([head, body]) => `## ${head}\n\n${body}`),
  );
};
