import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const KEY_LENGTH = 64;

export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}

export const hashPassword = async (password: string): Promise<PasswordHash> => {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await derive(password, salt, KEY_LENGTH)).toString('base64') };
};

export const passwordMatches = async (password: string, { salt, hash }: PasswordHash): Promise<boolean> =>
  timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), KEY_LENGTH), Buffer.from(hash, 'base64'));
