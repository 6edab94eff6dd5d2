import { parseArgs } from 'node:util';
import type { Command } from '../../main.ts';
import { Told } from '../told.ts';

/** `demo --profile tiny|demo|load [--if-empty]`: a demo world made through the command handlers. */
export const run: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { profile: { type: 'string', default: 'tiny' }, 'if-empty': { type: 'boolean' } },
  });
  if (!['tiny', 'demo', 'load'].includes(values.profile)) throw new Told('--profile takes tiny, demo or load');
};
