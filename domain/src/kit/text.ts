/** A text in both languages of the product; Korean is written first. */
export type Text = { readonly ko: string; readonly en: string };
export type Locale = keyof Text;
export const locales = ['ko', 'en'] as const satisfies readonly Locale[];

export const text = (ko: string, en: string): Text => ({ ko, en });
