import { type Party, seoulDay } from '@cargoro/domain';
import { badInput, type ParsedCommand } from './input.ts';
import type { DispatchDeps } from './types.ts';

/** Whether the command leaves its human number to us. */
export const lacksNumber = ({ registered: { def }, data }: ParsedCommand): boolean =>
  def.series !== undefined && data[def.series.field] === '';

/** The same command with the next number of its party's series. */
export const numbered = async (
  { numbers }: DispatchDeps,
  command: ParsedCommand,
  parties: readonly Party[],
  commandId: string,
  now: string,
): Promise<ParsedCommand> => {
  const { type, def } = command.registered;
  if (!def.series) return command;
  const { field, prefix, of } = def.series;
  if (!numbers) throw badInput({ path: field, reason: 'Give a number' });
  const party = parties.find((one) => one.as === of);
  if (!party) throw new Error(`${type} counts by ${of}, and its record has none`);
  const year = seoulDay(now).slice(2, 4);
  return { ...command, data: { ...command.data, [field]: await numbers({ prefix, party, year }, commandId) } };
};
