import { badInput } from '../errors.ts';
import { RequestErrors } from './request-errors.ts';

/** A GraphQL request of any transport. */
export type GraphQLRequest = {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | null;
};

const wrong = (path: string, reason: string): Error => new RequestErrors([badInput({ path, reason })]);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the JSON form of a request. Throws RequestErrors naming what is wrong. */
export const readRequest = (body: unknown): GraphQLRequest => {
  if (!isObject(body))
    throw wrong('body', Array.isArray(body) ? 'Send one request, not a batch' : 'Send a JSON object');
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || query.trim() === '') throw wrong('query', 'Send the document as a string');
  if (variables !== undefined && variables !== null && !isObject(variables))
    throw wrong('variables', 'Send a JSON object');
  if (extensions !== undefined && extensions !== null && !isObject(extensions))
    throw wrong('extensions', 'Send a JSON object');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw wrong('operationName', 'Send a string');
  return { query, variables: variables ?? {}, operationName: operationName || null };
};

/** The same from the parameters of a URL, where variables are JSON text. */
export const readParameters = (parameters: Readonly<Record<string, unknown>>): GraphQLRequest => {
  const parsed = (name: string): unknown => {
    const text = parameters[name];
    if (text === undefined || text === '') return undefined;
    try {
      return JSON.parse(String(text));
    } catch {
      throw wrong(name, 'Send JSON');
    }
  };
  return readRequest({ ...parameters, variables: parsed('variables'), extensions: parsed('extensions') });
};
