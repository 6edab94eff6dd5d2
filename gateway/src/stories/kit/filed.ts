import { expect } from 'vitest';
import type { Client } from './client.ts';

type Filed = { readonly locale: 'ko' | 'en'; readonly sha256: string };
const read = {
  statement: async (reader: Client, id: string): Promise<readonly Filed[]> => {
    const order = await reader.one<{ statement: { documents: readonly Filed[] } | null }>(
      'repairOrder',
      { id },
      'statement { documents { locale sha256 } }',
    );
    return order?.statement?.documents ?? [];
  },
  invoice: async (reader: Client, id: string): Promise<readonly Filed[]> => {
    const invoice = await reader.one<{ documents: readonly Filed[] }>('invoice', { id }, 'documents { locale sha256 }');
    return invoice?.documents ?? [];
  },
};

/** The document is filed in both languages, and what a party is given has the hash that stands in the record. */
export const isFiled = async (reader: Client, kind: 'statement' | 'invoice', id: string): Promise<void> => {
  await expect.poll(() => read[kind](reader, id), { timeout: 15_000 }).toHaveLength(2);
  for (const { locale, sha256 } of await read[kind](reader, id))
    expect(await reader.fetchDocument(kind, id, locale)).toEqual({ sha256, filed: true });
};
