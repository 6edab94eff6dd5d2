import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './start/folder.ts';

/** Runs a TypeScript program of the repository in this terminal; resolves with its exit code. Ctrl-C reaches it by itself. */
export const runScript = async (
  path: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<number> => {
  const typescript = ['--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...nodeOptions, ...typescript, join(root, path), ...args], {
    stdio: 'inherit',
  });
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', ignore);
  return code ?? 1;
};
