import { parseArgs } from 'node:util';
import { takeUp, wasFollowedUp } from '@cargoro/commands';
import { AnotherWorld, BrokenChecks, type BuiltWorld, buildWorld, progressTeller, ratesTable } from '@cargoro/demo';
import { profiles } from '@cargoro/demo/profiles';
import { aggregates, plusDays, processes } from '@cargoro/domain';
import { loadConfig } from '@cargoro/infra/config';
import type { Command } from '../../main.ts';
import { createParts } from '../roles/parts.ts';
import { withServers } from '../running.ts';
import { Told } from '../told.ts';
import { appVersion } from '../version.ts';
import { migrateAll } from './migrate.ts';

/**
 * `demo --profile tiny|demo|load`: a demo world made through the command handlers; one that was begun is finished.
 * `--anchor 2025-06-30T14:59:00Z` sets the moment it ends at, `--districts 3` how large `load` is.
 */
export const run: Command = async (args) => {
  const asked = askedFor(args);
  const servers = await withServers();
  const parts = createParts({ ...servers.config, logLevel: 'warn' }, 'demo');
  try {
    // A data folder that was never started has no tables yet; a database the environment names is its owner's to migrate.
    const { databaseUrl } = servers.config;
    if (databaseUrl && !loadConfig().databaseUrl) await migrateAll(databaseUrl);
    const { log, vault, postgres } = parts;
    const built = await buildWorld(
      asked.profile,
      { log, vault, appVersion },
      { ...asked, isCutOff: !(await wasFollowedUp(postgres)), onProgress: telling() },
    ).catch((error: unknown) => {
      throw inWords(error);
    });
    write(`${newLine}Processes take up what is under way in it:\n`);
    // The processes of half a year would take as long as the world itself.
    const since = built.profile !== 'tiny' && { since: plusDays(built.anchor, -takenUpDays) };
    const options = { now: built.anchor, ...since, onProgress: telling() };
    await takeUp({ log, vault, postgres, processes, aggregates, appVersion }, options);
    console.log(`${newLine}${summaryOf(built)}`);
  } finally {
    await parts.close();
    await servers.stop();
  }
};

/** Days back to which records count as under way, in a large world. */
const takenUpDays = 14;

const isTerminal = process.stderr.isTTY === true;
/** Ends the line that is drawn again and again. */
const newLine = isTerminal ? '\n' : '';
const write = (text: string): void => void process.stderr.write(text);
const telling = () => progressTeller({ isTerminal, write, now: () => performance.now() });

const askedFor = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { profile: { ...text, default: 'tiny' }, anchor: text, districts: text },
  });
  const profile = profiles.find((name) => name === values.profile);
  if (!profile) throw new Told(`--profile takes ${profiles.join(', ')}`);
  const districts = values.districts === undefined ? undefined : Number(values.districts);
  if (districts !== undefined && !(Number.isInteger(districts) && districts > 0))
    throw new Told('--districts takes a whole number from 1 on');
  const anchor = values.anchor === undefined ? undefined : new Date(values.anchor);
  if (anchor && Number.isNaN(anchor.getTime())) throw new Told('--anchor takes a moment, 2025-06-30T14:59:00Z');
  return { profile, ...(districts && { districts }), ...(anchor && { anchor: anchor.toISOString() }) };
};

const inWords = (error: unknown): unknown => {
  if (error instanceof BrokenChecks) return new Told(error.message);
  if (!(error instanceof AnotherWorld)) return error;
  return new Told(
    `${error.message}. A world is made in an empty event store: name a new folder, \`CARGORO_DATA_DIR=.cargoro/demo npm run demo -- --profile demo\`, and start the product in it.`,
  );
};

const summaryOf = ({ profile, commands, events, refused, anchor, digest, checks, rates }: BuiltWorld): string =>
  [
    ...(rates ? [`${ratesTable(rates)}\n`] : []),
    `The demo world ${profile} stands: ${commands} commands, ${events} events, as of ${anchor}.`,
    ...(checks ? [`${refused} commands were refused, as told. All ${checks.length} self-checks hold.`] : []),
    ...(digest ? [`Digest ${digest}`] : []),
  ].join('\n');
