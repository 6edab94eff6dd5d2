import {
  CommandError,
  type CommandOutcome,
  type CommandRequest,
  type Commands,
  createCommands,
  followUpsOf,
} from '@cargoro/commands';
import { aggregates } from '@cargoro/domain';
import type { EventLog, NewEvent } from '@cargoro/infra/ports';
import type { BuiltWorld, Progress, WorldDeps } from './build.ts';
import type { Line } from './world/script.ts';

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

/** Sends the commands of a script one by one. Throws when one does not come to what its story says. */
export const sendScript = async (
  lines: readonly Line[],
  deps: WorldDeps,
  onProgress?: (progress: Progress) => void,
): Promise<Omit<BuiltWorld, 'profile' | 'anchor'>> => {
  const first = await resumeAt(deps.log, lines);
  let now = '';
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
    onProgress?.({ share: (index + 1) / lines.length, events });
  }
  return { commands: lines.length - first, events, refused };
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
