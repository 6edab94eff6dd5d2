#!/usr/bin/env node
// What every npm script runs first: plain JavaScript without dependencies, for a machine that has Node and git only. It
// brings pnpm and the packages in place when they are missing or changed, and hands over to infra/cli/main.ts.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tools = join(root, '.cargoro', 'tools');

const fail = (problem, remedy) => {
  console.error(`\ncargoro: ${problem}\n         ${remedy}\n`);
  process.exit(1);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9))
  fail(`Node ${process.versions.node} is too old.`, 'Install Node 20.9 or newer, for example from https://nodejs.org.');

// Package managers keep caches in the home folder; some machines (CI, containers) give none one can write to.
const writable = (folder) => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
if (!process.env.HOME || !writable(homedir())) {
  process.env.HOME = join(root, '.cargoro', 'home');
  mkdirSync(process.env.HOME, { recursive: true });
}
Object.assign(process.env, {
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  COREPACK_ENABLE_STRICT: '0',
});
process.chdir(root);

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const wanted = manifest.packageManager.split('@')[1];

const installed = () => {
  const found = join(tools, 'node_modules', 'pnpm');
  if (!existsSync(join(found, 'package.json'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8'));
  return version === wanted ? join(found, 'bin', 'pnpm.cjs') : undefined;
};

const pnpm = () => {
  const standing = installed();
  if (standing) return standing;
  console.error(`cargoro: installing pnpm ${wanted}`);
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(
    npm,
    ['install', '--prefix', tools, '--no-audit', '--no-fund', '--loglevel=error', `pnpm@${wanted}`],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      cwd: tools,
    },
  );
  const found = installed();
  if (status !== 0 || !found)
    fail('pnpm could not be installed.', 'Is the npm registry reachable? Try: npm view pnpm version');
  return found;
};

/** Everything an installation depends on: the lock file and each package's manifest. */
const fingerprint = () => {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  const folders = ['.', ...readdirSync(root), ...readdirSync(join(root, 'infra')).map((name) => join('infra', name))];
  for (const file of [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    '.npmrc',
    ...folders.map((folder) => join(folder, 'package.json')),
  ]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(file).update(readFileSync(path));
  }
  return hash.digest('hex');
};

const stamp = join(root, 'node_modules', '.cargoro-installed');
const current = fingerprint();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== current) {
  const cli = pnpm();
  console.error('cargoro: installing packages (the first time takes about a minute)');
  rmSync(stamp, { force: true });
  const reporter = process.stderr.isTTY ? 'default' : 'append-only';
  const { status } = spawnSync(
    process.execPath,
    [
      cli,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      `--reporter=${reporter}`,
      '--config.confirmModulesPurge=false',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], cwd: root },
  );
  if (status !== 0)
    fail(
      'the packages could not be installed.',
      'Read the lines above: is the registry reachable, is the disk full? If node_modules is damaged, remove it and run this again.',
    );
  writeFileSync(stamp, current);
}

const tsx = join(root, 'infra', 'cli', 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs');
if (!existsSync(tsx)) {
  rmSync(stamp, { force: true });
  fail('the packages are incomplete.', 'Run the same command again; it installs what is missing.');
}
const { register } = await import(pathToFileURL(tsx));
register();
const { main } = await import(pathToFileURL(join(root, 'infra', 'cli', 'main.ts')));
await main(process.argv.slice(2));
