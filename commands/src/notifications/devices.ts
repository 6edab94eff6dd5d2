import { createHash } from 'node:crypto';
import type { Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { z } from 'zod';

/** A browser's push subscription, as its `toJSON()` gives it. */
export const PushDevice = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  keys: z.object({ p256dh: z.string().min(80).max(120), auth: z.string().min(16).max(40) }),
});
export type PushDevice = z.infer<typeof PushDevice>;

/** Push services of the browsers. A device names its own, so nothing else may be posted to. */
const services = [
  'fcm.googleapis.com',
  'push.services.mozilla.com',
  'push.apple.com',
  'notify.windows.com',
  'wns.windows.com',
];
export const isPushService = (endpoint: string): boolean => {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' && services.some((host) => hostname === host || hostname.endsWith(`.${host}`));
};

export type PushDevices = {
  /** Takes a device over; one that belonged to somebody else before belongs to this person now. */
  add(owner: { readonly userId: string; readonly personRef: string }, device: PushDevice): Promise<void>;
  of(userId: string): Promise<readonly PushDevice[]>;
  /** With a user, only if it is theirs. */
  remove(endpoint: string, userId?: string): Promise<void>;
};

const most = 10;
const personal = { device: 'personRef' };
const idOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('hex');

/** Devices that take push messages, in the table `push_device`, sealed: an erased person has none. */
export const pushDevices = (postgres: Postgres, vault: Vault): PushDevices => ({
  add: async ({ userId, personRef }, device) => {
    const sealed = await vault.seal({ personRef, device }, personal);
    await postgres.query(
      `insert into push_device (id, user_id, sealed) values ($1, $2, $3)
       on conflict (id) do update set user_id = excluded.user_id, sealed = excluded.sealed, at = now()`,
      [idOf(device.endpoint), userId, JSON.stringify(sealed)],
    );
    await postgres.query(
      `delete from push_device where user_id = $1
       and id not in (select id from push_device where user_id = $1 order by at desc limit ${most})`,
      [userId],
    );
  },
  of: async (userId) => {
    const rows = await postgres.query<{ sealed: Record<string, unknown> }>(
      'select sealed from push_device where user_id = $1 order by id',
      [userId],
    );
    const opened = await Promise.all(rows.map(({ sealed }) => vault.open(sealed, personal)));
    return opened.flatMap(({ device }) => (device ? [device as PushDevice] : []));
  },
  remove: async (endpoint, userId) => {
    await postgres.query('delete from push_device where id = $1 and user_id = coalesce($2, user_id)', [
      idOf(endpoint),
      userId ?? null,
    ]);
  },
});
