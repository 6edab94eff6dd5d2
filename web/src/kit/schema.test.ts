import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aggregates } from '@cargoro/domain';
import { buildSchema, Kind, parse, print, validate, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { diffDocument, historyDocument, type RecordField } from './history.ts';
import { mutationOf } from './use-command.ts';

const root = join(import.meta.dirname, '..', '..');
const schema = buildSchema(readFileSync(join(root, '..', 'gateway', 'schema.graphql'), 'utf8'));
const problems = (document: string) => validate(schema, parse(document)).map(({ message }) => message);

/** Every document the pages send, with the fragments it spreads, by where it stands. */
const documents = (): ReadonlyMap<string, string> => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  const written = files.flatMap((file) =>
    [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g)].flatMap(([, text = '']) =>
      parse(text.replaceAll('@_unmask', '')).definitions.map((definition) => ({ file, definition })),
    ),
  );
  const fragments = new Map(
    written.flatMap(({ definition }) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const spreadBy = (node: Parameters<typeof visit>[0], found = new Set<string>()): ReadonlySet<string> => {
    visit(node, {
      [Kind.FRAGMENT_SPREAD]: ({ name: { value } }) => {
        const fragment = fragments.get(value);
        if (!fragment || found.has(value)) return;
        found.add(value);
        spreadBy(fragment, found);
      },
    });
    return found;
  };
  return new Map(
    written.flatMap(({ file, definition }) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? [
            [
              `${file} ${definition.name?.value}`,
              [definition, ...[...spreadBy(definition)].flatMap((name) => fragments.get(name) ?? [])]
                .map(print)
                .join('\n'),
            ] as const,
          ]
        : [],
    ),
  );
};

describe('The schema of the gateway', () => {
  it('takes every document the pages send', () => {
    const sent = documents();
    expect(sent.size).toBeGreaterThan(20);
    for (const [where, document] of sent) expect(problems(document), where).toEqual([]);
  });

  it('is the one the pages are typed by (else run `pnpm --filter @cargoro/web types`)', () => {
    const output = join(mkdtempSync(join(tmpdir(), 'tada-')), 'graphql-env.d.ts');
    execFileSync(
      process.execPath,
      [join(root, 'node_modules', 'gql.tada', 'bin', 'cli.js'), 'generate-output', '--output', output],
      { cwd: root },
    );
    expect(
      readFileSync(output, 'utf8') === readFileSync(join(root, 'src', 'kit', 'graphql-env.generated.d.ts'), 'utf8'),
    ).toBe(true);
  }, 60_000);

  it('has the mutation of every public command of a repair under the name and shape the pages send', () => {
    const commands = aggregates
      .filter(({ context }) => context === 'repair')
      .flatMap(({ commands: defs }) => Object.entries(defs));
    for (const [name, def] of commands) if (!def.internal) expect(problems(mutationOf(name)), name).toEqual([]);
  });

  it('gives every record with a history page its history, past and differences', () => {
    const fields: readonly RecordField[] = ['repairOrder', 'reservation', 'invoice', 'workshop'];
    for (const field of fields)
      expect([...problems(historyDocument(field)), ...problems(diffDocument(field))], field).toEqual([]);
  });
});
