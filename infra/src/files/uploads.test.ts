import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.ts';
import { checkFor } from './purposes.ts';
import { createUploadLinks } from './upload-link.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const files = {
  jpeg: bytes('\xff\xd8\xff\xe0..JFIF'),
  png: bytes('\x89PNG\r\n\x1a\n....'),
  webp: bytes('RIFF....WEBPVP8 '),
  heic: bytes('\0\0\0\x18ftypheic....'),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L10 10"/></svg>'),
  pdf: bytes('%PDF-1.7\n'),
};

describe('what a file is', () => {
  it('is told by its content', () => {
    expect(Object.values(files).map(mediaTypeOf)).toEqual([
      ...['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/svg+xml', 'application/pdf'],
    ]);
    expect(
      ['', 'MZ....', '<html><svg></svg></html>', '\0\0\0\x18ftypmp42'].map((text) => mediaTypeOf(bytes(text))),
    ).toEqual(Array(4).fill(undefined));
  });

  it.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"></svg>',
    '<svg><image href="https://elsewhere.example/x.png"/></svg>',
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>',
    '<svg><style>@import "x"</style></svg>',
  ])('is no drawing when it does more than draw: %s', (text) => {
    expect(mediaTypeOf(Buffer.from(text))).toBeUndefined();
  });

  it('must suit its purpose', () => {
    expect(() => checkFor('photo')(files.heic)).not.toThrow();
    expect(() => checkFor('signature')(files.svg)).not.toThrow();
    expect(() => checkFor('document')(files.pdf)).not.toThrow();
    expect(() => checkFor('photo')(files.svg)).toThrow(expect.objectContaining({ code: 'TYPE_NOT_ALLOWED' }));
    expect(() => checkFor('signature')(files.jpeg)).toThrow(expect.objectContaining({ code: 'TYPE_NOT_ALLOWED' }));
    expect(() => checkFor('document')(files.png)).toThrow(expect.objectContaining({ code: 'TYPE_NOT_ALLOWED' }));
  });
});

describe('an upload link', () => {
  const links = createUploadLinks('one secret');
  const claims = { userId: 'u', orgId: 'o', purpose: 'photo', expiresAt: 1_000 } as const;

  it('carries its claims until it expires, for every copy that shares the secret', () => {
    const token = links.sign(claims);
    expect(createUploadLinks('one secret').verify(token, 999)).toEqual(claims);
    expect(links.verify(token, 1_000)).toBeUndefined();
  });

  it('is worth nothing when it was changed or signed by somebody else', () => {
    const [, signature] = links.sign(claims).split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, purpose: 'document' })).toString('base64url');
    expect(links.verify(`${other}.${signature}`, 0)).toBeUndefined();
    expect(links.verify(createUploadLinks('another').sign(claims), 0)).toBeUndefined();
    expect(links.verify('', 0)).toBeUndefined();
    expect(links.verify('rubbish', 0)).toBeUndefined();
  });
});
