import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../main.ts';
import { bookPages } from '../book/book.ts';
import { root } from '../start/folder.ts';

/** `book`: writes docs/domain anew from the code. */
export const run: Command = async () => {
  const folder = join(root, 'docs', 'domain');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = bookPages();
  for (const [file, text] of pages) writeFileSync(join(folder, file), text);
  console.log(`${pages.size} pages in docs/domain`);
};
