import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWith } from '@cargoro/infra/config';
import { readJson, root } from '../start/folder.ts';
import { type Tally, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

export type Stage = { readonly name: string; readonly run: () => Promise<Tally> };

const reports = join(root, '.cargoro', 'test');
const bin = (path: string) => join(root, path);

/** Runs a program with its output in this terminal. Children of ours end with it. */
const spawned = async (
  command: string,
  args: readonly string[],
  cwd = root,
  env: Record<string, string> = {},
): Promise<number> => {
  const child = spawn(command, [...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'], env: environmentWith(env) });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
};
const node = (args: readonly string[], cwd?: string, env?: Record<string, string>) =>
  spawned(process.execPath, args, cwd, env);

/** A tool that finds faults or none. */
const check = (name: string, args: readonly string[], cwd = root): Stage => ({
  name,
  run: async () =>
    (await node(args, cwd)) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 },
});

const vitest = (name: string, cwd: string, program: string): Stage => ({
  name,
  run: async () => {
    const outputFile = join(reports, `${name.replaceAll(' ', '-')}.json`);
    rmSync(outputFile, { force: true });
    mkdirSync(reports, { recursive: true });
    await node([program, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`], cwd, {
      NODE_ENV: 'test',
    });
    const report = readJson<Parameters<typeof tallyOfVitest>[0]>(outputFile);
    return report ? tallyOfVitest(report) : { passed: 0, failed: 1, skipped: 0 };
  },
});

/** The whole product, as `npm start` runs it, on a data folder and ports of its own, driven through a browser. */
const browser = (chromium: string | undefined): Stage => ({
  name: 'browser tests',
  run: async () => {
    if (!chromium) return { passed: 0, failed: 0, skipped: 1 };
    const dataDir = join(root, '.cargoro', 'e2e');
    rmSync(dataDir, { recursive: true, force: true });
    const product = spawn(process.execPath, [bin('infra/cli/bootstrap.mjs'), 'start'], {
      cwd: root,
      env: environmentWith({ CARGORO_DATA_DIR: dataDir }),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const ended = once(product, 'exit');
    try {
      const ports = await Promise.race([portsIn(join(dataDir, 'runtime.json')), ended.then(() => undefined)]);
      if (!ports) return { passed: 0, failed: 1, skipped: 0 };
      const outputFile = join(reports, 'browser.json');
      mkdirSync(reports, { recursive: true });
      rmSync(outputFile, { force: true });
      await node([bin('web/node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'], bin('web'), {
        PLAYWRIGHT_JSON_OUTPUT_NAME: outputFile,
        CHROMIUM_PATH: chromium,
        CARGORO_WEB_URL: `http://localhost:${ports.web}`,
        CARGORO_GATEWAY_URL: `http://localhost:${ports.gateway}`,
        NODE_ENV: 'test',
      });
      const report = readJson<Parameters<typeof tallyOfPlaywright>[0]>(outputFile);
      return report ? tallyOfPlaywright(report) : { passed: 0, failed: 1, skipped: 0 };
    } finally {
      product.kill('SIGTERM');
      await ended;
    }
  },
});

const portsIn = async (file: string): Promise<Record<string, number>> => {
  for (;;) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** In the order of their cost: what fails early is known early. */
export const stages = (chromium: string | undefined): readonly Stage[] => [
  check('types', [bin('node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']),
  check('types of the web', [bin('web/node_modules/typescript/bin/tsc'), '--noEmit'], bin('web')),
  check('lint', [
    bin('node_modules/@biomejs/biome/bin/biome'),
    'check',
    '--diagnostic-level=warn',
    '--error-on-warnings',
    '.',
  ]),
  check('unused code', [bin('node_modules/knip/bin/knip.js'), '--no-progress']),
  vitest('tests', root, bin('node_modules/vitest/vitest.mjs')),
  vitest('tests of the web', bin('web'), bin('web/node_modules/vitest/vitest.mjs')),
  browser(chromium),
];
