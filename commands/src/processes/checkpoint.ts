import type { Postgres } from '@cargoro/infra/postgres';

export type Checkpoint = {
  /** Position up to which everything was done; undefined before the first event. */
  load(): Promise<bigint | undefined>;
  /** Notes a position to be stored; positions noted while one is being written are stored together. */
  note(position: bigint): void;
  /** Resolves when everything noted is stored. */
  flush(): Promise<void>;
};

const upsert = `insert into process_checkpoint (name, position) values ($1, $2)
  on conflict (name) do update set position = greatest(process_checkpoint.position, excluded.position), updated_at = now()`;

/** How far a process has read the log, in the table `process_checkpoint`. Lagging behind costs repeats, never a loss. */
export const checkpointOf = (postgres: Postgres, name: string, onFailure: (error: unknown) => void): Checkpoint => {
  let noted: bigint | undefined;
  let stored: bigint | undefined;
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (noted !== stored) {
      const position = noted;
      try {
        await postgres.query(upsert, [name, String(position)]);
      } catch (error) {
        onFailure(error);
        break;
      }
      stored = position;
    }
    writing = undefined;
  };
  return {
    load: async () => {
      const [row] = await postgres.query<{ position: string }>(
        'select position from process_checkpoint where name = $1',
        [name],
      );
      return row && BigInt(row.position);
    },
    note: (position) => {
      noted = position;
      writing ??= write();
    },
    flush: async () => {
      await writing;
    },
  };
};

/** Was the log followed up from its beginning to some position, by whatever process? */
export const wasFollowedUp = async (postgres: Postgres): Promise<boolean> =>
  (await checkpointOf(postgres, 'followUps', () => undefined).load()) !== undefined;

/**
 * Says that everything up to a position was lived through already, as in a demo world just built: what follows from it
 * was sent while it was built, and no process takes its past for news. A runner that has begun goes on where it is.
 */
export const markFollowedUp = async (postgres: Postgres, position: bigint): Promise<void> => {
  await postgres.query(
    `insert into process_checkpoint (name, position) select name, $1 from unnest($2::text[]) name
     on conflict (name) do nothing`,
    [String(position), ['followUps', 'jobs', 'notices', 'documents']],
  );
};
