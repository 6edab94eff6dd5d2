import {
  type Projector,
  type ProjectorDeps,
  type ProjectorOptions,
  type ProjectorState,
  startProjector,
} from './projector.ts';
import { rebuildStale } from './rebuild.ts';
import type { AnyReadModel } from './types.ts';

export type Projections = {
  /** State of every group: position, whether it is live, stands by or stopped and why. */
  readonly lag: () => readonly ProjectorState[];
  stop(): Promise<void>;
};
export type ProjectionOptions = ProjectorOptions & {
  /** Groups to run here; all when absent. */
  readonly groups?: readonly string[];
};

/** Read models by group, in the order of their declaration. */
export const byGroup = (models: readonly AnyReadModel[]): ReadonlyMap<string, readonly AnyReadModel[]> => {
  const groups = new Map<string, AnyReadModel[]>();
  for (const model of models) groups.set(model.group, [...(groups.get(model.group) ?? []), model]);
  return groups;
};

/** Runs the projectors of these read models; each group is active in one process only, the others stand by. */
export const startAll = (
  models: readonly AnyReadModel[],
  deps: ProjectorDeps,
  { groups, ...options }: ProjectionOptions = {},
): Projections => {
  const projectors: Projector[] = [...byGroup(models)]
    .filter(([group]) => !groups || groups.includes(group))
    .map(([group, ofGroup]) =>
      startProjector(group, ofGroup, deps, { ...options, prepare: () => rebuildStale(ofGroup, models, deps) }),
    );
  return {
    lag: () => projectors.map((projector) => projector.state()),
    stop: async () => void (await Promise.all(projectors.map((projector) => projector.stop()))),
  };
};
