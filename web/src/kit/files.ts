import { newId } from './ids.ts';

/** What an event keeps of a file: where it lies and the hash that proves it. */
export type FileRef = {
  readonly objectId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly takenAt?: string;
};

export const sha256 = async (bytes: BufferSource): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
export const sha256OfText = (text: string): Promise<string> => sha256(new TextEncoder().encode(text));

/** Keeps a file and answers with its reference; the hash is taken here, before the file leaves the device. */
export const keepFile = async (blob: Blob, takenAt = new Date().toISOString()): Promise<FileRef> => {
  const bytes = await blob.arrayBuffer();
  const hash = await sha256(bytes);
  const objectId = `${newId()}.${hash.slice(0, 16)}`;
  const response = await fetch(`/files/${objectId}`, {
    method: 'PUT',
    headers: { 'content-type': blob.type || 'application/octet-stream', 'x-sha256': hash },
    body: bytes,
  });
  if (!response.ok) throw new Error('The file could not be kept');
  return { objectId, sha256: hash, bytes: bytes.byteLength, takenAt };
};

export const fileUrl = (objectId: string): string => `/files/${objectId}`;
