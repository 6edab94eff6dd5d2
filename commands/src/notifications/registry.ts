import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { isPushService, type PushDevice, pushDevices } from './devices.ts';
import { personFinder } from './person.ts';

/** Where browsers come to take push messages, or no more. */
export type PushRegistry = {
  /** The VAPID public key a browser subscribes with. */
  readonly publicKey: string;
  /** Says what stands against it: the end point is no push service's, or the person is unknown. */
  add(userId: string, device: PushDevice): Promise<'added' | 'NOT_A_PUSH_SERVICE' | 'NOBODY'>;
  remove(userId: string, endpoint: string): Promise<void>;
};

export const createPushRegistry = (deps: {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly postgres: Postgres;
  readonly publicKey: string;
}): PushRegistry => {
  const devices = pushDevices(deps.postgres, deps.vault);
  const find = personFinder(deps.log, deps.vault);
  return {
    publicKey: deps.publicKey,
    add: async (userId, device) => {
      if (!isPushService(device.endpoint)) return 'NOT_A_PUSH_SERVICE';
      const person = await find(userId);
      if (!person) return 'NOBODY';
      await devices.add(person, device);
      return 'added';
    },
    remove: (userId, endpoint) => devices.remove(endpoint, userId),
  };
};
