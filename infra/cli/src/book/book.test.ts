import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aggregates } from '@cargoro/domain';
import { describe, expect, it } from 'vitest';
import { root } from '../start/folder.ts';
import { bookPages } from './book.ts';

const folder = join(root, 'docs', 'domain');
const records = aggregates.filter(({ context }) => context !== 'kit');

describe('the book of the domain', () => {
  it('says what the code says (else: npm run book)', () => {
    const written = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(bookPages()));
  });

  it.each(records.map((record) => [record.name, record] as const))('%s leaves nothing unsaid', (_, record) => {
    const defs = Object.entries(record.commands);
    expect(defs.filter(([, { emits }]) => !emits?.length).map(([name]) => name)).toEqual([]);
    const emitted = new Set(defs.flatMap(([, { emits }]) => emits ?? []));
    expect(Object.keys(record.events).filter((type) => !emitted.has(type))).toEqual([]);
    const refused = new Set(defs.flatMap(([, { refuses = [], otherwise }]) => [...refuses, otherwise]));
    expect(Object.keys(record.refusals).filter((key) => !refused.has(key))).toEqual([]);
    expect(Object.keys(record.moves ?? {}).filter((type) => !(type in record.events))).toEqual([]);
  });
});
