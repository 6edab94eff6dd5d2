import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgres } from './postgres.ts';
import { type TestPostgres, testPostgres } from './testing.ts';
import { createVault, vaultMigration } from './vault.ts';

const masterKey = randomBytes(32);
const personal = { phone: 'ownerRef', note: 'ownerRef' };
let db: TestPostgres;
beforeAll(async () => {
  db = await testPostgres({ template: 'vault', prepare: async (url) => migrate(url) });
});
afterAll(() => db.stop());
const migrate = async (url: string) => {
  const postgres = createPostgres({ url });
  await postgres.query(vaultMigration);
  await postgres.close();
};
const vault = () => createVault({ postgres: db.postgres, masterKey });
const person = () => ({ ownerRef: randomUUID(), phone: '010-1234-5678', note: { text: '단골 🚗' }, km: 12 });

describe('the vault', () => {
  it('seals what is personal, leaves the rest, and opens it again in any process', async () => {
    const data = person();
    const sealed = await vault().seal(data, personal);
    expect(JSON.stringify(sealed)).not.toContain('1234');
    expect(sealed).toMatchObject({ ownerRef: data.ownerRef, km: 12 });
    expect(await vault().open(sealed, personal)).toEqual(data);
  });

  it('leaves absent fields absent and null ones null', async () => {
    expect(await vault().seal({ ownerRef: 'p', phone: null }, personal)).toEqual({ ownerRef: 'p', phone: null });
  });

  it('refuses to store a personal field of nobody', async () => {
    await expect(vault().seal({ phone: '010' }, personal)).rejects.toThrow(
      'phone is personal, but ownerRef names no person',
    );
  });

  it('opens nothing of an erased person any more, and everything of the others', async () => {
    const [erased, other] = [person(), person()];
    const [first, second] = [vault(), vault()];
    const sealed = await first.seal(erased, personal);
    const kept = await first.seal(other, personal);
    await first.destroy(erased.ownerRef);
    const blank = { ...erased, phone: null, note: null };
    expect(await first.open(sealed, personal)).toEqual(blank);
    expect(await second.open(sealed, personal)).toEqual(blank);
    expect(await first.open(kept, personal)).toEqual(other);
    expect(await first.open(await second.seal(erased, personal), personal)).toEqual(blank);
  });

  it('notices a changed byte, a value moved to another field or person, and another master key', async () => {
    const [a, b] = [person(), person()];
    const sealed = await vault().seal(a, personal);
    await vault().seal(b, personal);
    await expect(vault().open({ ...sealed, ownerRef: b.ownerRef }, personal)).rejects.toThrow();
    await expect(vault().open({ ...sealed, note: sealed.phone }, personal)).rejects.toThrow();
    const foreign = createVault({ postgres: db.postgres, masterKey: randomBytes(32) });
    await expect(foreign.open(sealed, personal)).rejects.toThrow('MASTER_KEY is not the one');
  });

  it('gives a person one key, however many ask for it at once', async () => {
    const ownerRef = randomUUID();
    const vaults = Array.from({ length: 8 }, vault);
    const sealed = await Promise.all(vaults.map((v, n) => v.seal({ ownerRef, phone: `${n}` }, personal)));
    const opened = await Promise.all(sealed.map((data) => vault().open(data, personal)));
    expect(opened.map((data) => data.phone)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('fetches the keys of many persons with one statement', async () => {
    const sealed = await Promise.all(Array.from({ length: 50 }, async () => vault().seal(person(), personal)));
    let statements = 0;
    const counting = {
      ...db.postgres,
      query: (...args: Parameters<typeof db.postgres.query>) => {
        statements += 1;
        return db.postgres.query(...args);
      },
    };
    const reader = createVault({ postgres: counting as typeof db.postgres, masterKey });
    await Promise.all(sealed.map((data) => reader.open(data, personal)));
    expect(statements).toBe(1);
  });
});
