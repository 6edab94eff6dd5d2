import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWith } from '@cargoro/infra/config';
import { Told } from '../told.ts';
import { root, writeWhole } from './folder.ts';

const web = join(root, 'web');
/** The server that a build leaves behind; it runs without the sources. */
export const webServer = join(web, '.next', 'standalone', 'web', 'server.js');

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', '.next', 'e2e', 'test-results'].includes(entry.name) ? [] : filesBelow(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });

/** What a build depends on; about 5 ms for all of it. */
const fingerprint = (): string => {
  const hash = createHash('sha256').update(process.version);
  for (const file of [
    ...filesBelow(web),
    ...filesBelow(join(root, 'domain', 'src')),
    join(root, 'pnpm-lock.yaml'),
  ].sort())
    hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
};

/** Builds the web apps when there is no build, or one of other sources. Throws with the end of the build's log. */
export const buildWeb = async (dataDir: string, say: (line: string) => void): Promise<void> => {
  const stamp = join(dataDir, 'web-build');
  const current = fingerprint();
  if (existsSync(webServer) && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return;
  say('building the web apps (about a minute, only when they changed)');
  const logFile = join(dataDir, 'logs', 'web-build.log');
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const output = openSync(logFile, 'w');
  const build = spawn(process.execPath, [join(web, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: web,
    stdio: ['ignore', output, output],
    env: environmentWith({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
  });
  const stopWithUs = () => build.kill('SIGKILL');
  process.once('exit', stopWithUs);
  const [code] = (await once(build, 'exit')) as [number | null];
  process.removeListener('exit', stopWithUs);
  if (code !== 0) {
    const last = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
    throw new Told(`the web apps could not be built. The end of ${logFile}:\n${last}`);
  }
  const standalone = join(web, '.next', 'standalone', 'web');
  cpSync(join(web, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
  if (existsSync(join(web, 'public'))) cpSync(join(web, 'public'), join(standalone, 'public'), { recursive: true });
  writeWhole(stamp, current);
};
