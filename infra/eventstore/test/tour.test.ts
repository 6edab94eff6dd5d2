import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');
/** Neither blank, nor comment, nor import. */
const isCode = (line: string): boolean => !/^\s*$|^\s*\/\/|^\s*\/?\*|^import /.test(line);

describe('the tour of the source in the README', () => {
  it('names files that are there, and is as long as an hour of reading', async () => {
    const [, section = ''] = /## Read it in an hour\n([\s\S]*?)\n## /.exec(await read('README.md')) ?? [];
    const files = [...section.matchAll(/`([a-z/-]+\.ts)`/g)].map(([, file]) => file);
    expect(files.length).toBeGreaterThan(15);
    const sources = await Promise.all(files.map((file) => read(`src/${file}`)));
    const lines = sources.flatMap((source) => source.split('\n').filter(isCode));
    // A page of 35 lines a minute.
    expect(lines.length).toBeLessThanOrEqual(60 * 35);
  });
});
