import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Writes a file whole or not at all: a reader never sees half of it. */
export const writeWhole = (file: string, text: string, mode = 0o644): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text, { mode });
  renameSync(`${file}.${process.pid}`, file);
};

export const readJson = <T>(file: string): T | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
};

export type Secrets = {
  /** 32 bytes in base64; personal data on this machine is sealed with it. */
  readonly masterKey: string;
  /** Of the embedded Postgres. */
  readonly databasePassword: string;
};

/** Secrets of this checkout, made at first use and readable by its owner alone. */
export const secretsIn = (dataDir: string): Secrets => {
  const file = join(dataDir, 'secrets.json');
  const standing = readJson<Secrets>(file);
  if (standing) return standing;
  const secrets = {
    masterKey: randomBytes(32).toString('base64'),
    databasePassword: randomBytes(18).toString('base64url'),
  };
  writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
};
