export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'image/svg+xml' | 'application/pdf';

const starts = (head: Buffer, signature: string, at = 0): boolean =>
  head.subarray(at, at + signature.length).toString('latin1') === signature;
/** Brands of the ISO container that hold a HEIF picture. */
const heic = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** What a file is by its first bytes; names and headers are only claims. Undefined for everything we do not take. */
export const mediaTypeOf = (head: Buffer): MediaType | undefined => {
  if (starts(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts(head, 'RIFF') && starts(head, 'WEBP', 8)) return 'image/webp';
  if (starts(head, 'ftyp', 4) && heic.test(head.subarray(8, 12).toString('latin1'))) return 'image/heic';
  if (starts(head, '%PDF-')) return 'application/pdf';
  return isDrawing(head) ? 'image/svg+xml' : undefined;
};

/** Lines and nothing else: a drawing that runs, loads or links something is no signature. */
const isDrawing = (head: Buffer): boolean => {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (!/^(<\?xml[^>]*\?>\s*)?<svg[\s>]/i.test(text)) return false;
  return !/<!|<(script|foreignobject|iframe|use|image|a|style|animate|set)\b|\son\w+\s*=|href|javascript:|url\s*\(/i.test(
    text,
  );
};
