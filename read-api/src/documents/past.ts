import type { EventLog, Vault } from '@cargoro/infra/ports';
import { type AnyReadModel, type Cut, foldPast } from '@cargoro/projections';

/** Rows of the past, whoever asks: what a document says does not depend on its reader. */
export type Past = {
  find<R extends object>(model: AnyReadModel, id: string, cut: Cut): Promise<R | undefined>;
  must<R extends object>(model: AnyReadModel, id: string, cut: Cut): Promise<R>;
};

/** Ids of the people whom what was found names. */
export type Naming = { readonly people: readonly string[] };

/** Opens nobody's personal data. */
export const veiled = (vault: Vault): Vault => ({
  ...vault,
  open: async (data, personal) => ({
    ...data,
    ...Object.fromEntries(Object.keys(personal).map((field) => [field, null])),
  }),
});

export const pastOf = (log: EventLog, vault: Vault): Past => {
  // What follows no stream of its own has no past, and nothing a document says may come of it.
  const deps = { log, vault, current: async () => undefined };
  const find = async <R extends object>(model: AnyReadModel, id: string, cut: Cut): Promise<R | undefined> =>
    (await foldPast(model, id, deps, cut)) as R | undefined;
  return {
    find,
    must: async <R extends object>(model: AnyReadModel, id: string, cut: Cut): Promise<R> => {
      const row = await find<R>(model, id, cut);
      if (row) return row;
      throw new Error(`${model.name} ${id} was not there yet at the moment of a document that names it`);
    },
  };
};
