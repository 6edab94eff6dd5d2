import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Which of our packages each package may use. Everything flows one way: towards the domain, which uses zod alone. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  'infra/eventstore': [],
  infra: ['domain', 'eventstore'],
  commands: ['domain', 'infra'],
  projections: ['domain', 'infra'],
  'read-api': ['domain', 'infra', 'projections'],
  gateway: ['domain', 'infra', 'commands', 'read-api'],
  web: ['domain'],
  'infra/demo': ['domain', 'infra', 'commands'],
  'infra/bench': ['domain', 'infra', 'eventstore', 'commands', 'projections', 'read-api', 'gateway', 'demo'],
  'infra/cli': ['domain', 'infra', 'eventstore', 'commands', 'projections', 'read-api', 'gateway', 'demo', 'bench'],
};
const packages = Object.keys(mayUse);

type Manifest = {
  name: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', '.next', 'dist', 'drizzle', 'public'].includes(entry.name) || packages.includes(path)
        ? []
        : sourcesOf(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? '');

describe.each(packages)('%s', (folder) => {
  const manifest = manifestOf(folder);
  const imports = sourcesOf(folder).flatMap((file) => importsOf(file).map((from) => ({ file, from })));

  it('uses only the packages it may', () => {
    const declared = Object.keys({ ...manifest.dependencies })
      .filter((name) => name.startsWith('@cargoro/'))
      .map((name) => name.slice('@cargoro/'.length));
    expect(declared.filter((name) => !mayUse[folder]?.includes(name))).toEqual([]);
    const used = imports.filter(({ from }) => from.startsWith('@cargoro/') && !from.startsWith(`${manifest.name}/`));
    const known = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(used.filter(({ from }) => !known.includes(from.split('/').slice(0, 2).join('/')))).toEqual([]);
  });

  it('reaches other packages through their doors, never by a path into them', () => {
    const outside = imports.filter(({ file, from }) => {
      if (!from.startsWith('.')) return false;
      const target = relative(join(root, folder), join(root, dirname(file), from));
      return target.startsWith('..') && !target.endsWith('package.json');
    });
    expect(outside).toEqual([]);
    const deep = imports.filter(({ from }) => {
      const [scope, name, ...rest] = from.split('/');
      if (scope !== '@cargoro' || rest.length === 0) return false;
      const target = packages.find((path) => manifestOf(path).name === `@cargoro/${name}`);
      const doors = Object.keys(manifestOf(target ?? folder).exports ?? {});
      return !doors.includes(`./${rest.join('/')}`) && !doors.includes('./*');
    });
    expect(deep).toEqual([]);
  });

  it('imports its own files by their full names', () => {
    const bare = imports.filter(({ from }) => from.startsWith('.') && !/\.(ts|tsx|mjs|js|json|css)$/.test(from));
    expect(folder === 'web' ? [] : bare).toEqual([]);
  });
});

it('the domain knows zod and nothing else of the world', () => {
  expect(Object.keys(manifestOf('domain').dependencies ?? {})).toEqual(['zod']);
  const used = sourcesOf('domain')
    .filter((file) => !file.endsWith('.test.ts') && !/(laws|spec|testing)\.ts$/.test(file))
    .flatMap(importsOf)
    .filter((from) => !from.startsWith('.'));
  expect([...new Set(used)]).toEqual(['zod']);
});

it('the environment is read in one place', () => {
  const readers = packages
    .filter((folder) => !['web', 'infra/eventstore', 'infra/bench'].includes(folder))
    .flatMap(sourcesOf)
    .filter((file) => !file.includes('.test.') && !file.startsWith('infra/test/'))
    .filter((file) => /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(readers).toEqual(['infra/src/config.ts']);
});
