import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql/language/printer.js';
import { minPosition } from './positions.ts';
import { getToken } from './token.ts';

export type FieldIssue = { readonly path: string; readonly reason: string };

/** What went wrong on the way: a stable code, a sentence, and for bad input the fields. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly fields: readonly FieldIssue[] = [],
    readonly reference?: string,
  ) {
    super(message);
  }
}

type Answer = {
  data?: unknown;
  errors?: {
    message: string;
    extensions?: {
      code?: string;
      fields?: FieldIssue[];
      issues?: FieldIssue[];
      reference?: string;
      requestId?: string;
    };
  }[];
  extensions?: { stale?: boolean };
};

const failure = ({ errors = [] }: Answer): Failure => {
  const [first] = errors;
  const { code = 'INTERNAL', fields, issues, reference, requestId } = first?.extensions ?? {};
  return new Failure(code, first?.message ?? 'Unknown error', fields ?? issues ?? [], reference ?? requestId);
};

/** Sends one operation. Throws a `Failure`; `UNAVAILABLE` when nobody answers, so that the caller may try again. */
export const send = async <T>(query: string, variables: unknown, locale: string): Promise<T> => {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-language': locale,
  };
  let answer: Answer;
  try {
    const token = await getToken();
    if (token) headers.authorization = `Bearer ${token}`;
    const position = minPosition();
    if (position && query.startsWith('query')) headers['cargoro-min-position'] = position;
    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    answer = (await response.json()) as Answer;
  } catch {
    throw new Failure('UNAVAILABLE', 'UNAVAILABLE');
  }
  if (answer.errors?.length) throw failure(answer);
  return answer.data as T;
};

const printed = new WeakMap<object, string>();
export const textOf = (document: object): string => {
  const known = printed.get(document);
  if (known) return known;
  const text = print(document as Parameters<typeof print>[0]);
  printed.set(document, text);
  return text;
};

/** Asks a typed query. */
export const ask = <Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  locale: string,
): Promise<Result> => send<Result>(textOf(document), variables, locale);
