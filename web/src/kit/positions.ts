/** Log positions are decimal strings too large for numbers. */
export const isAfter = (a: string, b: string): boolean => BigInt(a) > BigInt(b);
export const latest = (positions: Iterable<string>): string => {
  let highest = '0';
  for (const position of positions) if (isAfter(position, highest)) highest = position;
  return highest;
};

/** How long after an own write reads wait for it; later the live socket has carried it anyway. */
const memoryMs = 5_000;
let written = { position: '0', at: 0 };

/** Read your own writes: remembers the position of an accepted command for the reads that follow. */
export const noteWritten = (position: string): void => {
  written = { position: latest([position, written.position]), at: Date.now() };
};
export const minPosition = (): string | undefined =>
  Date.now() - written.at < memoryMs ? written.position : undefined;
