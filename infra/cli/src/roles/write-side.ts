import { type Commands, commandLog, createCommands, createNumbers, logged, measured } from '@cargoro/commands';
import { aggregates, processes } from '@cargoro/domain';
import { highestNumber, listLookups, lookups } from '@cargoro/read-api';
import { appVersion } from '../version.ts';

import type { Parts } from './parts.ts';

const clock = (): string => new Date().toISOString();

/** `dispatch` over the parts of this process; every role that sends commands has one of its own. */
export const createWriteSide = (parts: Parts): { commands: Commands; stop(): Promise<void> } => {
  const { log, vault, postgres, logger, metrics } = parts;
  const refusals = commandLog(postgres, clock);
  const known = new Set(aggregates.flatMap((aggregate) => Object.keys(aggregate.commands)));
  const commands = createCommands({
    log,
    vault,
    lookup: lookups(postgres.pool),
    list: listLookups(postgres.pool),
    numbers: createNumbers(postgres, highestNumber(postgres.pool)),
    clock,
    appVersion,
    aggregates: [...aggregates, ...processes.map(({ aggregate }) => aggregate)],
    observers: [logged(logger), measured(metrics, known), refusals.observe],
  });
  return { commands, stop: refusals.flush };
};
