import { setTimeout as sleep } from 'node:timers/promises';
import { sha256, uuidv5 } from '@cargoro/infra/ids';
import type { EventLog } from '@cargoro/infra/ports';
import { expect } from 'vitest';
import type { clientOf } from '../src/prove/product.ts';

const register = `mutation ($commandId: ID!, $input: RegisterUserInput!) {
  registerUser(commandId: $commandId, input: $input) {
    __typename ... on Accepted { streamId revision position events } ... on Rejected { code }
  }
}`;
type Acknowledged = { readonly commandId: string; readonly streamId: string; readonly events: readonly string[] };

/**
 * People signing up, each through a claim on their address, personal data in the vault and a follow-up: every part of
 * the write side. A writer sends one command until it is answered, as a client would, with the same id.
 */
export const startTraffic = (client: ReturnType<typeof clientOf>, seed: string, writers = 3) => {
  const acknowledged: Acknowledged[] = [];
  const codes = new Map<string, number>();
  let stopping = false;
  let next = 0;
  const note = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1);

  const settle = async (commandId: string, userId: string): Promise<void> => {
    const input = {
      userId,
      emailHash: sha256(userId),
      personRef: `person.${userId}`,
      locale: 'ko',
      person: { name: '시험', phone: '010-0000-0000' },
    };
    while (!stopping) {
      const answer = await client(register, { commandId, input }).catch((error: Error) => error);
      if (answer instanceof Error) note('no connection');
      else if (answer.errors) note(answer.errors[0]?.extensions?.code ?? answer.errors[0]?.message ?? 'no code');
      else {
        const result = answer.data?.registerUser as Acknowledged & { __typename: string; code?: string };
        if (result.__typename !== 'Accepted') throw new Error(`Refused: ${result.code}`);
        acknowledged.push({ commandId, streamId: result.streamId, events: result.events });
        return;
      }
      await sleep(50);
    }
  };
  const write = async () => {
    while (!stopping) {
      const number = next++;
      await settle(uuidv5(seed, `command ${number}`), uuidv5(seed, `user ${number}`));
    }
  };
  const writing = Promise.all(Array.from({ length: writers }, write));
  writing.catch(() => undefined);

  return {
    acknowledged,
    /** How often each error was answered. */
    codes,
    /** Resolves when this many more commands were acknowledged. */
    more: async (count: number): Promise<void> => {
      const wanted = acknowledged.length + count;
      while (acknowledged.length < wanted) await Promise.race([sleep(20), writing]);
    },
    stop: async () => {
      stopping = true;
      await writing;
    },
  };
};

/** Nothing acknowledged is missing, and no command left its events twice. */
export const expectWhole = async (log: EventLog, acknowledged: readonly Acknowledged[]): Promise<void> => {
  const byCommand = new Map<string, string[]>();
  const ids = new Set<string>();
  const heads = new Map<string, bigint>();
  for await (const event of log.readAll()) {
    expect(ids.has(event.id)).toBe(false);
    ids.add(event.id);
    expect(event.revision).toBe((heads.get(event.stream) ?? -1n) + 1n);
    heads.set(event.stream, event.revision);
    if (!event.stream.startsWith('user-')) continue;
    const { commandId } = event.meta;
    byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), `${event.stream} ${event.type}`]);
  }
  for (const { commandId, streamId } of acknowledged)
    expect(byCommand.get(commandId)).toEqual([`${streamId} UserRegistered`]);
};
