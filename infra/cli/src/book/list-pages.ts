import { type AnyAggregate, type AnyProcess, kitRefusals } from '@cargoro/domain';
import type { AnyReadModel } from '@cargoro/projections';
import type { QueryDef, SubscriptionDef } from '@cargoro/read-api';
import { fieldsOf } from './fields.ts';
import { both, code, codes, fileOf, page, table } from './markdown.ts';

const contexts: Readonly<Record<string, string>> = {
  core: '회원과 조직 · People and organisations',
  repair: '정비 · Repair',
  delivery: '탁송 · Delivery',
  parts: '부품 · Parts',
  fleet: '법인 차량 · Fleet',
  admin: '운영과 감사 · Administration and audit',
};

/** The first page: what the domain consists of, each with its page. */
export const indexPage = (aggregates: readonly AnyAggregate[]): string => {
  const sections = Object.entries(contexts).map(([context, title]) => {
    const rows = aggregates
      .filter((aggregate) => aggregate.context === context)
      .map(({ name, doc, category, commands, events }) => [
        `[${name}](${fileOf(name)})`,
        both(doc),
        code(`${category}-<id>`),
        String(Object.keys(commands).length),
        String(Object.keys(events).length),
      ]);
    return rows.length === 0 ? '' : `## ${title}\n\n${table(['record', '', 'stream', 'commands', 'events'], rows)}`;
  });
  const shared = Object.entries(kitRefusals).map(([key, { ko, en }]) => [code(key), ko, en]);
  return page(
    '# The book of the domain',
    'Written from the code by `npm run book`; a test keeps it true. Every record with its states, commands, events and refusals, then the [processes](processes.md) across them and the [read side](read-side.md).',
    ...sections,
    `## Refusals of every record\n\n${table(['code', '한국어', 'English'], shared)}`,
  );
};

export const processesPage = (processes: readonly AnyProcess[]): string =>
  page(
    '# Processes',
    'Each keeps a stream of its own, `process-<name>.<key>`: every input with the reactions to it.',
    table(
      ['process', '', 'begins with', 'listens to'],
      processes.map(({ name, doc, starts, correlate }) => [
        code(name),
        both(doc),
        codes(starts),
        codes(Object.keys(correlate).filter((type) => !starts.includes(type))),
      ]),
    ),
  );

export const readSidePage = (
  readModels: readonly AnyReadModel[],
  queries: readonly QueryDef[],
  subscriptions: readonly SubscriptionDef[],
): string => {
  const asked = ({ name, doc, args, roles, readModel }: QueryDef | SubscriptionDef) => [
    code(name),
    both(doc),
    fieldsOf(args, 'input'),
    code(readModel.name),
    roles ? roles.join(', ') : 'everybody signed in',
  ];
  const heads = ['name', '', 'arguments', 'read model', 'who may ask'];
  return page(
    '# Read side',
    'Rows are filtered by the parties of their records in any case.',
    `## Queries\n\n${table(heads, queries.map(asked))}`,
    `## Subscriptions\n\n${table(heads, subscriptions.map(asked))}`,
    `## Read models\n\n${table(
      ['table', 'GraphQL type', 'group', 'columns'],
      readModels.map(({ name, type, group, row }) => [code(name), type, group, Object.keys(row.shape).join(', ')]),
    )}`,
  );
};
