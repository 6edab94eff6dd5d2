import { aggregates, processes } from '@cargoro/domain';
import { readModels } from '@cargoro/projections';
import { queries, subscriptions } from '@cargoro/read-api';
import { indexPage, processesPage, readSidePage } from './list-pages.ts';
import { fileOf } from './markdown.ts';
import { recordPage } from './record-page.ts';

/** Records of the business; what the kit keeps for itself has no page. */
const records = aggregates.filter(({ context }) => context !== 'kit');

/** Every page of the book of the domain by its file name. */
export const bookPages = (): ReadonlyMap<string, string> =>
  new Map([
    ['README.md', indexPage(records)],
    ['processes.md', processesPage(processes)],
    ['read-side.md', readSidePage(readModels, queries, subscriptions)],
    ...records.map((record) => [fileOf(record.name), recordPage(record)] as const),
  ]);
