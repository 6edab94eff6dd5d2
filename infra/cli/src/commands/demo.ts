import { parseArgs } from 'node:util';
import { markFollowedUp } from '@cargoro/commands';
import { buildWorld, type Profile } from '@cargoro/demo';
import type { Command } from '../../main.ts';
import { createParts } from '../roles/parts.ts';
import { withServers } from '../running.ts';
import { Told } from '../told.ts';
import { appVersion } from '../version.ts';

const profiles: readonly Profile[] = ['tiny'];

/** `demo --profile tiny`: a demo world made through the command handlers; one that was begun is finished. */
export const run: Command = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { profile: { type: 'string', default: 'tiny' } } });
  const profile = profiles.find((name) => name === values.profile);
  if (!profile) throw new Told(`--profile takes ${profiles.join(', ')}`);
  const servers = await withServers();
  const parts = createParts({ ...servers.config, logLevel: 'warn' }, 'demo');
  try {
    const onProgress = (done: number, total: number) =>
      process.stderr.isTTY && process.stderr.write(`\r${done} of ${total}`);
    const built = await buildWorld(profile, { log: parts.log, vault: parts.vault, appVersion }, { onProgress });
    await markFollowedUp(parts.postgres, await parts.log.end());
    console.log(
      `\rThe demo world ${profile} stands: ${built.commands} commands, ${built.events} events, as of ${built.anchor}.`,
    );
  } finally {
    await parts.close();
    await servers.stop();
  }
};
