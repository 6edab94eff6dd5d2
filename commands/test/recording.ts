import { systemActor } from '@cargoro/domain';
import type { NewEvent } from '@cargoro/infra/ports';
import { idOf, type TestWorld } from './world.ts';

type Told = readonly [type: string, data: Record<string, unknown>];

/** Writes events to a record as they are, past its commands. Returns the position of the last. */
export const recording =
  (world: TestWorld) =>
  async ({ category }: { readonly category: string }, id: string, ...events: readonly Told[]): Promise<bigint> => {
    const stream = `${category}-${id}`;
    const held = await world.log.read(stream);
    const stored = events.map(([type, data], n): NewEvent => {
      const commandId = idOf(`${stream} ${held.length + n}`);
      const told = { commandId, correlationId: commandId, causationId: commandId, occurredAt: world.clock() };
      const actor = systemActor('test');
      return {
        id: commandId,
        type,
        data,
        meta: { ...told, schemaVersion: 1, command: 'Test', actor, appVersion: 'test' },
      };
    });
    return (await world.log.append(stream, stored, BigInt(held.length) - 1n)).position;
  };
