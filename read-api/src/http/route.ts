import type { Readable } from 'node:stream';
import type { Role } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Pool } from '@cargoro/infra/postgres';
import type { z } from 'zod';
import type { Viewer } from '../types.ts';

export type Download = {
  readonly stream: Readable;
  readonly type: string;
  readonly filename: string;
  /** Besides type and name. */
  readonly headers?: Readonly<Record<string, string | number>>;
};

/** A GET of the API as data; path and query parameters are one input, checked before `answer` sees it. */
export type Route = {
  /** OpenAPI form: `/records/{readModel}/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly input: z.ZodObject;
  readonly roles?: readonly Role[];
  /** What comes back: JSON, or one of these media types as a download. */
  readonly downloads?: readonly string[];
  readonly answer: (input: Record<string, unknown>, viewer: Viewer) => Promise<object | Download | null>;
};
export const route = <S extends z.ZodObject>(
  def: Omit<Route, 'input' | 'answer'> & {
    readonly input: S;
    readonly answer: (input: z.infer<S>, viewer: Viewer) => Promise<object | Download | null>;
  },
): Route => def as unknown as Route;

/** For proofs, which compare tables with the log itself. */
export type ProofDeps = { readonly pool: Pool; readonly log: EventLog; readonly vault: Vault };
