import type { AnyAggregate, CommandDef, Locale } from '@cargoro/domain/kit';

/** The domain's definitions, fetched when a form or a menu first asks for them: pages that only read stay light. */
export const loadAggregates = (): Promise<readonly AnyAggregate[]> =>
  import('@cargoro/domain').then(({ aggregates }) => aggregates);

let loaded: Promise<ReadonlyMap<string, CommandDef>> | undefined;

/** Command definitions by name. Problems of input are told in the language of the page from then on. */
export const loadCommands = (locale: Locale): Promise<ReadonlyMap<string, CommandDef>> => {
  loaded ??= Promise.all([loadAggregates(), import('zod'), import('zod/locales')]).then(
    ([aggregates, { z }, { ko, en }]) => {
      z.config(locale === 'ko' ? ko() : en());
      return new Map(aggregates.flatMap((aggregate) => Object.entries(aggregate.commands)));
    },
  );
  return loaded;
};
