import { type AnyProcess, type StoredEvent, streamOf } from '@cargoro/domain';
import type { CommandRequest } from '../types.ts';

type Told = { readonly process: AnyProcess; readonly told: CommandRequest };

/** The stream of the instance that is told something. */
export const instanceOf = ({ aggregate }: AnyProcess, { input }: CommandRequest): string =>
  streamOf(aggregate, aggregate.idOf(input as Record<string, unknown>));

/** Which instances of processes are told something after a moment, or may wait longer than since then. */
export const recentIn = async (
  events: AsyncIterable<StoredEvent>,
  {
    since,
    toldOf,
    onRead,
  }: {
    readonly since: string;
    readonly toldOf: (event: StoredEvent) => Promise<readonly Told[]>;
    readonly onRead: (position: bigint) => void;
  },
): Promise<(process: AnyProcess, told: CommandRequest) => boolean> => {
  const recent = new Set<string>();
  for await (const event of events) {
    onRead(event.position);
    if (event.meta.occurredAt < since) continue;
    for (const { process, told } of await toldOf(event)) recent.add(instanceOf(process, told));
  }
  return (process, told) => process.isPatient || recent.has(instanceOf(process, told));
};
