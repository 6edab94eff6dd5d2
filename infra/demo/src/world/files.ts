import { createHash } from 'node:crypto';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A photo, signature or document of the demo: a name and a hash, no bytes behind it. */
export const fileOf = (path: string) => ({ objectId: `demo/${path}`, sha256: sha256Of(path), bytes: 184_320 });
export const evidenceOf = (path: string) => ({ objectId: `demo/${path}`, sha256: sha256Of(path) });
