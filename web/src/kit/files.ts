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
export const keepFile = async (
  blob: Blob,
  purpose: 'photo' | 'signature' | 'document' = 'photo',
  takenAt = new Date().toISOString(),
): Promise<FileRef> => {
  const bytes = await blob.arrayBuffer();
  const hash = await sha256(bytes);
  const link = await fetch('/files/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ purpose, sha256: hash }),
  });
  if (!link.ok) throw new Error('No link for the file');
  const { url } = (await link.json()) as { url: string };
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': blob.type || 'application/octet-stream' },
    body: bytes,
  });
  if (!response.ok) throw new Error('The file could not be kept');
  return { objectId: hash, sha256: hash, bytes: bytes.byteLength, takenAt };
};

export const fileUrl = (objectId: string): string => `/files/${objectId}`;
/** A statement or an invoice as PDF, by its record's id, in the reader's language. */
export const documentUrl = (kind: 'statement' | 'invoice', id: string, lang: string): string =>
  `/documents/${kind}/${id}.pdf?lang=${lang}`;
