import { type AnyAggregate, kitRefusals, type Text } from '@cargoro/domain';

/** The message of a refusal of a command: its aggregate's own, the kit's, or that of a stream it took a step in. */
export const refusalText = (aggregates: readonly AnyAggregate[]) => {
  const others = new Map<string, Text>(aggregates.flatMap(({ refusals }) => Object.entries(refusals)));
  const byCommand = new Map(aggregates.flatMap((a) => Object.keys(a.commands).map((type) => [type, a] as const)));
  return (type: string, code: string): Text =>
    byCommand.get(type)?.refusals[code] ??
    (kitRefusals as Record<string, Text>)[code] ??
    others.get(code) ?? { ko: code, en: code };
};
