/** From and to, both included. */
export type Interval = readonly [low: number, high: number];

/**
 * Standard deviations a found rate may lie off by chance. A sound world is called wrong once in a hundred thousand rates,
 * and forty are held up to each world, whatever moment it ends at.
 */
export const patience = 4.4;

/** Wilson's interval of the share that so many hits of so many tries speak for; it holds near 0 and 1 and for few tries too. */
export const shareInterval = (hits: number, tries: number, z = patience): Interval => {
  if (tries === 0) return [0, 1];
  const share = hits / tries;
  const pull = (z * z) / tries;
  const middle = share + pull / 2;
  const width = z * Math.sqrt((share * (1 - share)) / tries + pull / (4 * tries));
  return [(middle - width) / (1 + pull), (middle + width) / (1 + pull)];
};

/** The same of a mean, from the sum of so many values and of their squares. */
export const meanInterval = (count: number, sum: number, squares: number, z = patience): Interval => {
  if (count < 2) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const mean = sum / count;
  const width = z * Math.sqrt(Math.max(0, squares / count - mean * mean) / (count - 1));
  return [mean - width, mean + width];
};

/** What is said as 9 % may be anything that rounds to it. */
export const halfOfLastDigit = (said: number): number => 0.5 * 10 ** -(String(said).split('.')[1]?.length ?? 0);
