import type { Text } from '@cargoro/domain';

/** Korean first, English after. */
export const both = ({ ko, en }: Text): string => `${ko} · ${en}`;
export const code = (name: string): string => `\`${name}\``;
export const codes = (names: readonly string[]): string => names.map(code).join(', ');

const cell = (content: string): string => content.replaceAll('|', '\\|').replaceAll('\n', ' ') || '–';
const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** A table; empty when it has no rows. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');

/** Blocks with one blank line between them; empty ones are left out. */
export const page = (...blocks: readonly string[]): string =>
  `${blocks.filter((block) => block !== '').join('\n\n')}\n`;

/** The file name of a record or process: `RepairOrder` is `repair-order.md`. */
export const fileOf = (name: string): string => `${name.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase()}.md`;
