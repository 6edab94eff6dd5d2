/** Versions of the texts people consent to, oldest first; the last one is in force. */
export const consentVersions = {
  terms: ['2024-01', '2025-01'],
  privacy: ['2024-01', '2025-01'],
  location: ['2024-01', '2025-01'],
  marketing: ['2024-01', '2025-01'],
} as const satisfies Record<string, readonly string[]>;
export type ConsentKind = keyof typeof consentVersions;

export const isConsentVersion = (kind: ConsentKind, version: string): boolean =>
  (consentVersions[kind] as readonly string[]).includes(version);
