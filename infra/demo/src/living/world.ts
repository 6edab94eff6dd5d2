import { type Actor, plusMinutes } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { type Draws, drawsOf } from '../sim/draws.ts';
import type { Stage, Story, Telling } from '../sim/play.ts';
import { type Cast, castOf } from './cast.ts';
import { type Seasons, seasonsOf } from './seasons.ts';
import type { Size } from './size.ts';

/** One district while it is being played. */
export type World = {
  readonly seed: string;
  readonly district: number;
  readonly anchor: string;
  readonly size: Size;
  readonly seasons: Seasons;
  readonly cast: Cast;
  /** Chance of its own for a path of this world. */
  draws(path: string): Draws;
  /** The id of whatever stands at a path of this world. */
  id(path: string): string;
  /** The next human number of a kind, `RO-25-000001`. */
  number(kind: string, owner: string): string;
  begin(at: string, path: string, story: () => Story): void;
};

type Of = Pick<World, 'district' | 'anchor' | 'size'> & { readonly seed: string };
export const worldOf = (stage: Stage, { seed, district, anchor, size }: Of): World => {
  const seasons = seasonsOf(anchor, size.days);
  const numbers = new Map<string, number>();
  const own = district === 0 ? seed : `${seed}/${district}`;
  return {
    ...{ seed: own, district, anchor, size, seasons, cast: castOf(own, district, size, seasons) },
    draws: (path) => drawsOf(`${own}/${path}`),
    id: (path) => idOf(`${own}/${path}`),
    number: (kind, owner) => {
      const next = (numbers.get(`${kind}/${owner}`) ?? 0) + 1;
      numbers.set(`${kind}/${owner}`, next);
      return `${kind}-${anchor.slice(2, 4)}-${String(next).padStart(6, '0')}`;
    },
    begin: stage.begin,
  };
};

/** A command of a story, in short. */
export const tell = (
  at: string,
  actor: Actor,
  type: string,
  input: Record<string, unknown>,
  more: Pick<Telling, 'may' | 'correlationId'> = {},
): Telling => ({ at, actor, type, input, ...more });
export const later = (at: string, minutes: number): string => plusMinutes(at, minutes);
/** Of moments as text, which sorts as it reads. */
export const latest = (...moments: readonly string[]): string => [...moments].sort().at(-1) ?? '';
