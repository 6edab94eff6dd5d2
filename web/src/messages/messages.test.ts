import { aggregates } from '@cargoro/domain';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { fieldsOf } from '../kit/schema-fields.ts';
import en from './en.json';
import ko from './ko.json';

type Tree = { readonly [key: string]: string | Tree };
const paths = (tree: Tree, at = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [at + key] : paths(value, `${at}${key}.`),
  );
const holes = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !['plural', 'other', 'one'].includes(name))
    .sort();
const at = (tree: Tree, path: string): string =>
  path.split('.').reduce<unknown>((node, key) => (node as Tree)[key], tree) as string;

const commands = aggregates
  .filter(({ context }) => context === 'repair')
  .flatMap((aggregate) => Object.entries(aggregate.commands));

describe('The messages', () => {
  it('have the same keys in both languages', () => {
    expect(paths(en)).toEqual(paths(ko));
  });
  it('say something, and take the same values', () => {
    for (const path of paths(ko)) {
      expect(at(ko, path).trim(), path).not.toBe('');
      expect(at(en, path).trim(), path).not.toBe('');
      expect(
        [...new Set(holes(at(en, path)))].filter((name) => !/^[A-Z]|^\d/.test(name)),
        path,
      ).toEqual([...new Set(holes(at(ko, path)))].filter((name) => !/^[A-Z]|^\d/.test(name)));
    }
  });
  it('name every event, field and choice of the records the pages show', () => {
    const missing = [
      ...aggregates
        .filter(({ context }) => context === 'repair')
        .flatMap((aggregate) => Object.keys(aggregate.events))
        .filter((name) => !(name in ko.events))
        .map((name) => `events.${name}`),
      ...commands.flatMap(([, def]) =>
        fieldsOf(def.input as z.ZodObject).flatMap((field) => [
          ...(field.name in ko.fields ? [] : [`fields.${field.name}`]),
          ...field.choices.filter((choice) => !(choice in ko.enums)).map((choice) => `enums.${choice}`),
        ]),
      ),
    ];
    expect([...new Set(missing)]).toEqual([]);
  });
});
