import type { Actor } from '@cargoro/domain';
import { idOf } from '../ids.ts';

/** One command of the world, and what is to come of it. */
export type Line = {
  readonly at: string;
  readonly commandId: string;
  readonly actor: Actor;
  readonly type: string;
  readonly input: Record<string, unknown>;
  /** The refusal that belongs to the story; without it the command must be accepted. */
  readonly refused?: string;
};

/** One thread of the world: its commands stay in order, and its ids do not shift when another thread changes. */
export type Story = {
  readonly id: (path: string) => string;
  readonly tell: (at: string, actor: Actor, type: string, input: Record<string, unknown>, refused?: string) => void;
};

export type Script = { readonly story: (path: string) => Story; readonly lines: () => readonly Line[] };

export const newScript = (seed: string): Script => {
  const stories: Line[][] = [];
  return {
    story: (path) => {
      const lines: Line[] = [];
      stories.push(lines);
      return {
        id: (part) => idOf(`${path}/${part}`),
        tell: (at, actor, type, input, refused) => {
          const commandId = idOf(`${seed}/${path}/command/${lines.length}`);
          lines.push({ at, commandId, actor, type, input, ...(refused && { refused }) });
        },
      };
    },
    // Stable: what happens at the same moment keeps the order in which it was told.
    lines: () => stories.flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
};
