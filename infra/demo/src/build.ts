import {
  CommandError,
  type CommandOutcome,
  type CommandRequest,
  type Commands,
  createCommands,
  followUpsOf,
} from '@cargoro/commands';
import { aggregates } from '@cargoro/domain';
import type { EventLog, NewEvent, Vault } from '@cargoro/infra/ports';
import type { Line } from './world/script.ts';
import { tiny } from './world/tiny.ts';

export type Profile = 'tiny';
export type WorldDeps = { readonly log: EventLog; readonly vault: Vault; readonly appVersion?: string };
export type WorldOptions = {
  /** The world's now, UTC; everything happens in the days before. Defaults to this moment, to ten minutes. */
  readonly anchor?: string;
  readonly seed?: string;
  readonly onProgress?: (done: number, total: number) => void;
};
export type BuiltWorld = {
  readonly commands: number;
  readonly events: number;
  readonly refused: number;
  readonly anchor: string;
};

/** The anchor of tests: a Monday afternoon in Seoul. */
export const fixedAnchor = '2025-06-30T06:00:00.000Z';
const tenMinutes = 600_000;
const roundedNow = (): string => new Date(Math.floor(Date.now() / tenMinutes) * tenMinutes).toISOString();

const scripts: Record<Profile, (anchor: string, seed: string) => readonly Line[]> = { tiny };

/** The part of the world that is stored already is left as it is: building goes on after the last command found. */
const resumeAt = async (log: EventLog, lines: readonly Line[]): Promise<number> => {
  const stored = new Set<string>();
  for await (const { meta } of log.readAll()) stored.add(meta.commandId);
  // The last one found is sent again, for what must follow it may be missing.
  return Math.max(
    0,
    lines.findLastIndex(({ commandId }) => stored.has(commandId)),
  );
};

/**
 * Makes a demo world through the command handlers, at the times its story tells. Follow-ups are sent at once, so build it
 * before the processes of a running system see the log. Throws when a command does not come to what its story says.
 */
export const buildWorld = async (
  profile: Profile,
  deps: WorldDeps,
  options: WorldOptions = {},
): Promise<BuiltWorld> => {
  const { anchor = roundedNow(), seed = profile, onProgress } = options;
  const lines = scripts[profile](anchor, seed);
  const first = await resumeAt(deps.log, lines);
  let now = anchor;
  let events = 0;
  let refused = 0;
  const due: CommandRequest[] = [];
  const noticed: EventLog = {
    ...deps.log,
    append: async (stream, appended: readonly NewEvent[], expected) => {
      const result = await deps.log.append(stream, appended, expected);
      events += appended.length;
      due.push(...appended.flatMap((event) => followUpsOf(event)));
      return result;
    },
  };
  const commands = createCommands({
    log: noticed,
    vault: deps.vault,
    lookup: async () => 0,
    clock: () => now,
    appVersion: deps.appVersion ?? 'demo',
    aggregates,
  });

  for (const [index, line] of lines.entries()) {
    if (index < first) continue;
    now = line.at;
    const code = codeOf(await outcomeOf(commands, line));
    if (code !== line.refused)
      throw new Error(
        `${line.type} at ${line.at} came to ${code ?? 'acceptance'}, told ${line.refused ?? 'acceptance'}`,
      );
    if (code) refused += 1;
    for (let next = due.shift(); next; next = due.shift()) {
      const followed = codeOf(await commands.dispatch(next));
      if (followed) throw new Error(`${next.type}, which follows ${line.type} at ${line.at}, came to ${followed}`);
    }
    onProgress?.(index + 1, lines.length);
  }
  return { commands: lines.length - first, events, refused, anchor };
};

const outcomeOf = async (commands: Commands, { commandId, actor, type, input }: Line): Promise<CommandOutcome> => {
  try {
    return await commands.dispatch({ commandId, actor, type, input });
  } catch (error) {
    if (error instanceof CommandError && error.code === 'FORBIDDEN') return { kind: 'rejected', code: error.code };
    throw new Error(`${type} of ${actor.id} failed: ${(error as Error).message}`, { cause: error });
  }
};
const codeOf = (outcome: CommandOutcome): string | undefined =>
  outcome.kind === 'rejected' ? outcome.code : undefined;
