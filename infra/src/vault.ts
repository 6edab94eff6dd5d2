import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Vault } from './ports.ts';
import type { Postgres } from './postgres.ts';

/** One row per person; erasing a person is emptying `wrapped`, after which what the key sealed is noise. */
export const vaultMigration = `
create table if not exists vault_key (
  person_ref text primary key,
  wrapped bytea,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz
)`;

export type VaultOptions = {
  readonly postgres: Postgres;
  /** 32 bytes; wraps the keys of all persons. */
  readonly masterKey: Buffer;
  /** Keys kept in memory. */
  readonly cachedKeys?: number;
  /** How long another process may still open what was erased here. */
  readonly cacheSeconds?: number;
};

/** In place of a value: `{ $sealed: base64(iv 12 ∥ tag 16 ∥ ciphertext) }`. */
type Sealed = { readonly $sealed: string };
const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && typeof (value as Sealed).$sealed === 'string';

const encrypt = (key: Buffer, plain: Buffer, boundTo: string): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
};
/** Throws when the key is another one or a byte was changed. */
const decrypt = (key: Buffer, sealed: Buffer, boundTo: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
};

/** Keys asked for in the same turn of the event loop are fetched together: a projector opens events in bulk. */
const batched = <Value>(fetch: (names: string[]) => Promise<Map<string, Value>>) => {
  let batch: { readonly names: Set<string>; readonly found: Promise<Map<string, Value>> } | undefined;
  return async (name: string): Promise<Value | undefined> => {
    if (!batch) {
      const names = new Set<string>();
      const turn = new Promise<void>((resolve) => setImmediate(resolve));
      const found = turn.then(() => {
        batch = undefined;
        return fetch([...names]);
      });
      batch = { names, found };
    }
    batch.names.add(name);
    return (await batch.found).get(name);
  };
};

type Key = { readonly key: Buffer | undefined };
type Row = { readonly person_ref: string; readonly wrapped: Buffer | null };

export const createVault = ({ postgres, masterKey, cachedKeys = 10_000, cacheSeconds = 30 }: VaultOptions): Vault => {
  const cache = new LRUCache<string, Key>({ max: cachedKeys, ttl: cacheSeconds * 1000 });
  const unwrap = (ref: string, wrapped: Buffer): Buffer => {
    try {
      return decrypt(masterKey, wrapped, ref);
    } catch (cause) {
      throw new Error(`MASTER_KEY is not the one the key of ${ref} was wrapped with`, { cause });
    }
  };
  const remember = ({ person_ref, wrapped }: Row): Key => {
    const key = { key: wrapped ? unwrap(person_ref, wrapped) : undefined };
    cache.set(person_ref, key);
    return key;
  };
  const fetchRow = batched(async (refs) => {
    const text = 'select person_ref, wrapped from vault_key where person_ref = any($1)';
    return new Map((await postgres.query<Row>(text, [refs])).map((row) => [row.person_ref, row]));
  });
  const find = async (ref: string): Promise<Key> => {
    const cached = cache.get(ref);
    if (cached) return cached;
    const row = await fetchRow(ref);
    return row ? remember(row) : { key: undefined };
  };

  /** The person's key, made at first use. Undefined once it was destroyed. */
  const findOrMake = async (ref: string): Promise<Key> => {
    const found = await find(ref);
    if (found.key) return found;
    const [row] = await postgres.query<Row>(
      `insert into vault_key (person_ref, wrapped) values ($1, $2)
       on conflict (person_ref) do update set person_ref = excluded.person_ref returning person_ref, wrapped`,
      [ref, encrypt(masterKey, randomBytes(32), ref)],
    );
    return remember(row!);
  };

  const personOf = (data: Record<string, unknown>, field: string, refField: string): string => {
    const ref = data[refField];
    if (typeof ref !== 'string' || ref === '') throw new Error(`${field} is personal, but ${refField} names no person`);
    return ref;
  };

  return {
    seal: async (data, personal) => {
      const sealed = { ...data };
      for (const [field, refField] of Object.entries(personal)) {
        const value = data[field];
        if (value === undefined || value === null) continue;
        const ref = personOf(data, field, refField);
        // Nothing new is kept of a person who was erased: a key that is thrown away at once makes it unreadable.
        const key = (await findOrMake(ref)).key ?? randomBytes(32);
        sealed[field] = {
          $sealed: encrypt(key, Buffer.from(JSON.stringify(value)), `${ref}:${field}`).toString('base64'),
        };
      }
      return sealed;
    },

    open: async (data, personal) => {
      const opened = { ...data };
      for (const [field, refField] of Object.entries(personal)) {
        const value = data[field];
        if (!isSealed(value)) continue;
        const ref = personOf(data, field, refField);
        const { key } = await find(ref);
        opened[field] = key
          ? JSON.parse(decrypt(key, Buffer.from(value.$sealed, 'base64'), `${ref}:${field}`).toString('utf8'))
          : null;
      }
      return opened;
    },

    destroy: async (personRef) => {
      await postgres.query(
        `insert into vault_key (person_ref, wrapped, destroyed_at) values ($1, null, now())
         on conflict (person_ref) do update set wrapped = null, destroyed_at = coalesce(vault_key.destroyed_at, now())`,
        [personRef],
      );
      cache.set(personRef, { key: undefined });
    },
  };
};
