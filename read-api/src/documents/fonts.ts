import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Korean needs no ligatures, and columns of figures no kerning: without those tables text is laid out in half the time. */
const plain = (font: Buffer): Buffer => {
  const tables = font.readUInt16BE(4);
  for (let at = 12; at < 12 + 16 * tables; at += 16)
    if (/^(GSUB|GPOS)$/.test(font.toString('latin1', at, at + 4))) font.write('x', at, 'latin1');
  return font;
};
const require = createRequire(import.meta.url);
const open = (file: string): Buffer => plain(readFileSync(file));

let opened: { readonly regular: Buffer; readonly bold: Buffer } | undefined;
/** Pretendard, read when the first document is drawn up. A document carries the glyphs it uses and no more. */
export const fonts = (): { readonly regular: Buffer; readonly bold: Buffer } =>
  (opened ??= {
    regular: open(require.resolve('pretendard/dist/public/static/alternative/Pretendard-Regular.ttf')),
    bold: open(require.resolve('pretendard/dist/public/static/alternative/Pretendard-SemiBold.ttf')),
  });

/** Joiners, directions, variants and shades of skin: they change how a sign looks and are none themselves. */
const unseen = /\p{Cf}|\p{Mn}|[\u{1f3fb}-\u{1f3ff}]/gu;

/**
 * Text as the font can show it: composed, on one line, and with a box for each sign it has no glyph for, so that a reader
 * sees that something stands there.
 */
export const showable = (text: string, has: (codePoint: number) => boolean): string =>
  [
    ...text
      .normalize('NFC')
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .replaceAll(unseen, ''),
  ]
    .map((sign) => (has(sign.codePointAt(0) ?? 0) ? sign : '□'))
    .join('');
