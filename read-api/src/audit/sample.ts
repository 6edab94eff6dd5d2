import { createHash } from 'node:crypto';
import { Won } from '@cargoro/domain';
import { z } from 'zod';

/** `monetaryUnit`: each won has the same chance, so what is worth more is drawn sooner, and the largest for certain. */
export const SampleMethod = z.enum(['random', 'monetaryUnit', 'everyNth']).meta({ id: 'SampleMethod' });
export const SampledStream = z
  .object({ streamId: z.string(), amountKrw: Won.nullable() })
  .meta({ id: 'SampledStream' });
export type SampledStream = z.infer<typeof SampledStream>;
export type SampleAsked = {
  readonly method: z.infer<typeof SampleMethod>;
  readonly size: number;
  readonly seed: string;
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A number from 0 up to, not including, 1 that follows from the seed. */
const fraction = (seed: string): number => Number.parseInt(digest(seed).slice(0, 12), 16) / 16 ** 12;

/** Where a walk of equal steps lands, begun at a place within the first step that the seed decides. */
const places = (length: number, { size, seed }: SampleAsked): readonly number[] =>
  Array.from({ length: size }, (_, n) => ((n + fraction(seed)) * length) / size);

/**
 * Draws a sample: the same streams, seed and size give the same one, whoever asks and in whatever order they are told.
 * It holds fewer than `size` where there are no more, or where one is worth several steps.
 */
export const drawn = (population: readonly SampledStream[], asked: SampleAsked): readonly SampledStream[] => {
  const streams = population.toSorted((a, b) => (a.streamId < b.streamId ? -1 : 1));
  if (asked.method === 'random') {
    const lots = streams.map((stream) => ({ stream, lot: digest(`${asked.seed} ${stream.streamId}`) }));
    return lots
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, asked.size)
      .map(({ stream }) => stream);
  }
  if (asked.method === 'everyNth') {
    if (streams.length <= asked.size) return streams;
    return places(streams.length, asked).flatMap((place) => streams[Math.floor(place)] ?? []);
  }
  const worth = streams.filter(({ amountKrw }) => (amountKrw ?? 0) > 0);
  const total = worth.reduce((sum, { amountKrw }) => sum + (amountKrw ?? 0), 0);
  const hits = places(total, asked);
  let until = 0;
  return worth.filter(({ amountKrw }) => {
    const from = until;
    until += amountKrw ?? 0;
    return hits.some((hit) => hit >= from && hit < until);
  });
};
