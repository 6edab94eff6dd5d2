import { FileDamaged, type Files } from '@cargoro/infra/files/port';
import type { EventLog } from '@cargoro/infra/ports';
import { objectsIn } from '@cargoro/projections';

export type FileProblem = {
  readonly sha256: string;
  readonly what: 'missing' | 'damaged';
  /** The first event that names it. */
  readonly stream: string;
  readonly position: string;
};
export type FilesVerified = {
  /** Files that are what the log says. */
  readonly intact: number;
  readonly bytes: number;
  /** Removed with the erasure of a person they named. */
  readonly gone: number;
  readonly problems: readonly FileProblem[];
};
type Deps = {
  readonly log: Pick<EventLog, 'readAll'>;
  readonly files: Pick<Files, 'get'>;
  readonly gone: ReadonlySet<string>;
};

/** Reads every photo, signature and document that events name by hash, whole, and tells which are not there or not what they were. */
export const verifyFiles = async ({ log, files, gone }: Deps): Promise<FilesVerified> => {
  const named = new Map<string, { readonly stream: string; readonly position: string }>();
  for await (const { data, stream, position } of log.readAll())
    for (const sha256 of objectsIn(data))
      if (!named.has(sha256)) named.set(sha256, { stream, position: String(position) });

  let [intact, bytes, rightlyGone] = [0, 0, 0];
  const problems: FileProblem[] = [];
  for (const [sha256, first] of named) {
    const found = await files.get(sha256);
    if (!found && gone.has(sha256)) rightlyGone += 1;
    else if (!found) problems.push({ sha256, what: 'missing', ...first });
    else if (await isWhole(found.content)) [intact, bytes] = [intact + 1, bytes + found.bytes];
    else problems.push({ sha256, what: 'damaged', ...first });
  }
  return { intact, bytes, gone: rightlyGone, problems };
};

const isWhole = async (content: AsyncIterable<unknown>): Promise<boolean> => {
  try {
    for await (const _ of content);
    return true;
  } catch (error) {
    if (error instanceof FileDamaged) return false;
    throw error;
  }
};
