import { parseArgs } from 'node:util';
import { type AgendaItem, agendaOf, countAgenda, type DeadItem } from '@cargoro/commands';
import type { Command } from '../../main.ts';
import { createParts } from '../roles/parts.ts';
import { withServers } from '../running.ts';

const shown = 20;

/** `due [--json]`: timers and notices that are due within the hour or late, and what was given up. */
export const run: Command = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
  const servers = await withServers();
  const parts = createParts({ ...servers.config, logLevel: 'warn' }, 'due');
  try {
    const now = new Date().toISOString();
    const counts = await countAgenda(parts.postgres, now);
    const agenda = await agendaOf(parts.postgres, now, shown);
    if (values.json) console.log(JSON.stringify({ now, counts, ...agenda }));
    else
      console.log(
        [
          ...section('Due within the hour', counts.due, agenda.due),
          ...section('Late: are the processes running?', counts.late, agenda.late),
          ...section('Given up: somebody has to look at it', counts.dead, agenda.dead),
        ].join('\n'),
      );
  } finally {
    await parts.close();
    await servers.stop();
  }
};

const section = (title: string, count: number, items: readonly (AgendaItem | DeadItem)[]): readonly string[] => [
  `${title}: ${count}`,
  ...items.map((item) =>
    ['', item.at.slice(0, 19), item.what.padEnd(32), item.about, 'why' in item ? item.why : ''].join('  ').trimEnd(),
  ),
  ...(count > items.length ? [`  … and ${count - items.length} more`] : []),
];
