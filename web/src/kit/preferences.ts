export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Written to a cookie, so that the server renders the right theme and nothing flashes. */
export const prefer = (name: 'theme' | 'density', value: Theme | Density): void => {
  document.documentElement.dataset[name] = value;
  // biome-ignore lint/suspicious/noDocumentCookie: the server must read it with the next page
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
};
