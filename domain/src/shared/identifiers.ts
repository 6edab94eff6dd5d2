/** An id that follows from a fingerprint, so that two who mean the same thing name it alike. */
export const asUuid = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
