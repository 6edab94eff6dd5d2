import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aggregates } from '@cargoro/domain';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { diffDocument, historyDocument, type RecordField } from './history.ts';
import { mutationOf } from './use-command.ts';

const root = join(import.meta.dirname, '..', '..');
const schema = buildSchema(readFileSync(join(root, '..', 'gateway', 'schema.graphql'), 'utf8'));
const problems = (document: string) => validate(schema, parse(document)).map(({ message }) => message);

describe('The schema of the gateway', () => {
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
