import type { CommandDef, Locale } from '@cargoro/domain/kit';

export type Known = { readonly name: string; readonly def: CommandDef };

let loaded: Promise<ReadonlyMap<string, CommandDef>> | undefined;

/**
 * The domain's command definitions by name, fetched when a form first opens: pages that only read stay light. Problems of
 * input are told in the language of the page.
 */
export const loadCommands = (locale: Locale): Promise<ReadonlyMap<string, CommandDef>> => {
  loaded ??= Promise.all([import('@cargoro/domain'), import('zod'), import('zod/locales')]).then(([{ aggregates }, { z }, { ko, en }]) => {
    z.config(locale === 'ko' ? ko() : en());
    return new Map(aggregates.flatMap((aggregate) => Object.entries(aggregate.commands)));
  });
  return loaded;
};
