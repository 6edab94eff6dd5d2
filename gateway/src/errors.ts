import { CommandError } from '@cargoro/commands';
import { type Locale, type Text, text } from '@cargoro/domain';
import { Unavailable } from '@cargoro/infra/ports';
import { ReadError } from '@cargoro/read-api';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** `extensions.code` of every error; a refusal by the business is data and never stands here. */
export type ErrorCode = CommandError['code'] | 'RATE_LIMITED';
export type FieldProblem = { readonly path: string; readonly reason: string };

/** What a person reads; the details of what broke stay in the log. */
const messages: Record<Exclude<ErrorCode, 'BAD_USER_INPUT'>, Text> = {
  UNAUTHENTICATED: text('로그인이 필요합니다.', 'Sign in first.'),
  FORBIDDEN: text('이 작업을 할 권한이 없습니다.', 'You may not do this.'),
  CONFLICT: text(
    '그 사이에 다른 변경이 있었습니다. 새로 확인해 주세요.',
    'It changed in the meantime; look at it again.',
  ),
  UNAVAILABLE: text(
    '지금은 응답할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    'This does not answer right now; try again soon.',
  ),
  RATE_LIMITED: text('요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.', 'Too many requests; try again soon.'),
  INTERNAL: text('오류가 발생했습니다.', 'Something went wrong on our side.'),
};

/** An error with a stable code. `fields` is set for BAD_USER_INPUT: path → reason. */
export const problem = (code: ErrorCode, detail: string, fields?: readonly FieldProblem[]): GraphQLError =>
  new GraphQLError(detail, { extensions: { code, ...(fields && { fields }) } });

export const badInput = (...fields: readonly FieldProblem[]): GraphQLError =>
  problem('BAD_USER_INPUT', fields.map(({ path, reason }) => `${path}: ${reason}`).join('; '), fields);

type Coded = { readonly code: ErrorCode; readonly fields?: readonly FieldProblem[] | undefined };

/** Several copies of a class may be loaded (tests, bundles): known errors are told by name and code. */
const codeOf = (error: unknown): Coded | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (error.name === CommandError.name) {
    const { code, fields } = error as CommandError;
    return { code, fields };
  }
  if (error.name === ReadError.name) {
    const { code, fields } = error as ReadError;
    // GraphQL answers null for a record that is not there; asked for its past, the id was wrong.
    return code === 'NOT_FOUND'
      ? { code: 'BAD_USER_INPUT', fields: [{ path: 'id', reason: error.message }] }
      : { code, fields };
  }
  if (error.name === Unavailable.name) return { code: 'UNAVAILABLE' };
  const extensions = (error as { extensions?: Partial<Coded> }).extensions;
  return extensions?.code ? { code: extensions.code, fields: extensions.fields } : undefined;
};

/** Variables and literals of a wrong type are found by GraphQL itself, which says where only in its text. */
const placeInMessage = /^Variable "\$(\w+)" got invalid value .*? at "([^"]+)"|^Variable "\$(\w+)"/s;
const fieldsOf = ({ message, nodes }: GraphQLError): readonly FieldProblem[] => {
  const [, , at, name] = placeInMessage.exec(message) ?? [];
  const [node] = nodes ?? [];
  const named = node && 'name' in node && node.name?.kind === 'Name' ? node.name.value : undefined;
  return [{ path: at ?? name ?? named ?? 'query', reason: message }];
};

const originOf = (error: GraphQLError): unknown => {
  let origin: unknown = error;
  while (origin instanceof GraphQLError && origin.originalError && !codeOf(origin)) origin = origin.originalError;
  return origin;
};

/**
 * The answer's form of an error: a code we know, or INTERNAL with nothing of its cause. `report` gets what is not the
 * caller's doing. An error without origin is GraphQL's own opinion of the document or its variables.
 */
export const formatError = (
  error: GraphQLError,
  locale: Locale,
  report: (cause: unknown) => void,
): GraphQLFormattedError => {
  const origin = originOf(error);
  const coded = codeOf(origin);
  const place = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  if (!coded && (origin instanceof GraphQLError || origin === undefined))
    return { message: error.message, ...place, extensions: { code: 'BAD_USER_INPUT', fields: fieldsOf(error) } };
  const code = coded?.code ?? 'INTERNAL';
  if (code === 'INTERNAL' || code === 'UNAVAILABLE') report(origin);
  const message = code === 'BAD_USER_INPUT' ? (origin as Error).message : messages[code][locale];
  return { message, ...place, extensions: { code, ...(coded?.fields && { fields: coded.fields }) } };
};
