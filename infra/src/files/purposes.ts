import { type MediaType, mediaTypeOf } from './media-type.ts';
import { FileRefused, headBytes } from './port.ts';

/** What people upload, how large it may be and of which kinds. */
export const purposes = {
  photo: { maxBytes: 10_000_000, types: ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] },
  signature: { maxBytes: 200_000, types: ['image/png', 'image/svg+xml'] },
  document: { maxBytes: 20_000_000, types: ['application/pdf'] },
} as const satisfies Readonly<Record<string, { readonly maxBytes: number; readonly types: readonly MediaType[] }>>;
export type Purpose = keyof typeof purposes;
export const purposeNames = Object.keys(purposes) as [Purpose, ...Purpose[]];

// A drawing is text, so it is looked through to its end.
if (purposes.signature.maxBytes > headBytes) throw new Error('A signature is longer than what is looked at');

/** Refuses content of a kind the purpose does not take, whatever it is called. */
export const checkFor =
  (purpose: Purpose) =>
  (head: Buffer): void => {
    const { types } = purposes[purpose];
    const found = mediaTypeOf(head);
    if (!found || !(types as readonly MediaType[]).includes(found))
      throw new FileRefused('TYPE_NOT_ALLOWED', `It is not one of ${types.join(', ')}`);
  };
