import { createHash } from 'node:crypto';
import { uuidv5 } from '@cargoro/infra/ids';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { DevUser } from '../../auth/local-issuer.ts';
import { type Arguments, written } from './documents.ts';
import {
  type Accepted,
  type Answer,
  type Data,
  type Origin,
  type Place,
  type Problem,
  type Result,
  sharedPosition,
} from './place.ts';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const codesOf = (errors: readonly Problem[] = []): string =>
  errors.map(({ message, extensions }) => extensions?.code ?? message).join(', ');
/** What a read model needs longer for than a query waits is asked for again, this often. */
const mostStale = 10;

/** A story: the people in it sign in with `as`, and each speaks GraphQL and nothing else. */
export const storyAt = (place: Place, name: string) => {
  const shared = sharedPosition();
  const clients = new Map<string, Client>();
  let commands = 0;

  const clientOf = (user: DevUser) => {
    const post = (query: string, variables: Data = {}): Promise<Answer> =>
      place.post(async () => {
        const response = await fetch(`${place.url}/graphql`, {
          method: 'POST',
          headers: {
            ...{ 'content-type': 'application/json', authorization: `Bearer ${place.tokenOf(user)}` },
            'cargoro-min-position': shared.get(),
          },
          body: JSON.stringify({ query, variables }),
        });
        return (await response.json()) as Answer;
      });
    const send = async (type: string, input: Data, origin: Origin = {}): Promise<Answer> => {
      const field = lowerFirst(type);
      const query = `mutation ($commandId: ID!, $origin: CommandOrigin, $input: ${type}Input!) {
        result: ${field}(commandId: $commandId, origin: $origin, input: $input) {
          __typename ... on Accepted { streamId position events } ... on Rejected { code message }
        }
      }`;
      return post(query, { commandId: uuidv5(name, `command ${commands++}`), origin, input });
    };
    const result = async (type: string, input: Data, origin?: Origin): Promise<Result> => {
      const { data, errors } = await send(type, input, origin);
      if (!data) throw new Error(`${user.user} cannot ${type}: ${JSON.stringify(errors)}`);
      const answer = data.result as Result;
      if (answer.__typename === 'Accepted') shared.note(answer.position);
      return answer;
    };
    const read = async (query: string): Promise<Data> => {
      for (let stale = 0; ; stale += 1) {
        const { data, errors, extensions } = await post(query);
        if (!data || errors) throw new Error(`${user.user} cannot read: ${JSON.stringify(errors)}\n${query}`);
        if (!extensions?.stale) return data;
        if (stale === mostStale) throw new Error(`What ${user.user} reads stays behind ${shared.get()}\n${query}`);
      }
    };
    const socket = createClient({
      ...{ url: `${place.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, lazy: true },
      ...{ retryAttempts: place.reconnects, shouldRetry: () => true },
      connectionParams: () => ({ token: place.tokenOf(user) }),
    });

    /** What a live query tells: what is there already, then every change; null for what is there no more. */
    const changes = async function* <Node = Data>(field: string, args: Arguments, fields: string) {
      const query = `subscription { live: ${field}${written({ ...args, afterPosition: '0' })} { node { ${fields} } } }`;
      try {
        for await (const { data } of socket.iterate<{ live: { node: Node | null } }>({ query }))
          yield data?.live.node ?? null;
      } catch (error) {
        throw Array.isArray(error) ? new Error(`${user.user} may not watch ${field}: ${codesOf(error)}`) : error;
      }
    };

    return {
      id: user.userId,
      /** A command the business accepts; a refusal fails the story. */
      command: async (type: string, input: Data, origin?: Origin): Promise<Accepted> => {
        const answer = await result(type, input, origin);
        if (answer.__typename === 'Rejected') throw new Error(`${type} was refused: ${answer.code}`);
        return answer;
      },
      /** The code with which the business refuses a command; one that is accepted fails the story. */
      refusal: async (type: string, input: Data, origin?: Origin): Promise<string> => {
        const answer = await result(type, input, origin);
        if (answer.__typename === 'Accepted') throw new Error(`${type} was not refused`);
        return answer.code;
      },
      /** What becomes of a command that may end either way: its refusal’s code, or `accepted`. */
      attempt: async (type: string, input: Data): Promise<string> => {
        const answer = await result(type, input);
        return answer.__typename === 'Rejected' ? answer.code : 'accepted';
      },
      /** The code with which the gateway turns down a command or a query that is not this person’s to send. */
      denied: async (type: string, input: Data): Promise<string> => codesOf((await send(type, input)).errors),
      deniedQuery: async (query: string): Promise<string> => codesOf((await post(query)).errors),
      /** One record, or null when there is none this person may see. */
      one: async <Node = Data>(field: string, args: Arguments, fields: string): Promise<Node | null> =>
        (await read(`{ found: ${field}${written(args)} { ${fields} } }`)).found as Node | null,
      /** The first hundred records of a list. */
      list: async <Node = Data>(field: string, args: Arguments, fields: string): Promise<readonly Node[]> => {
        const query = `{ found: ${field}${written({ first: 100, ...args })} { edges { node { ${fields} } } } }`;
        const { edges } = (await read(query)).found as { edges: readonly { node: Node }[] };
        return edges.map(({ node }) => node);
      },
      changes,
      /** Watches a live query until a record in it is as wanted; fails when it does not come to that. */
      until: async <Node = Data>(field: string, args: Arguments, fields: string, is: (node: Node) => boolean) => {
        const watched = changes<Node>(field, args, fields);
        let late = false;
        const timer = setTimeout(() => {
          late = true;
          void socket.dispose();
        }, place.patienceMs);
        let last: Node | null = null;
        try {
          for await (const node of watched) {
            last = node ?? last;
            if (node && is(node)) return node;
          }
        } catch (error) {
          if (!late) throw error;
        } finally {
          clearTimeout(timer);
        }
        throw new Error(`${user.user} waits for ${field} in vain; last seen: ${JSON.stringify(last)}`);
      },
      /** Brings a photo as the apps do; a record then names it by its hash. */
      bring: async (photo: Uint8Array<ArrayBuffer>) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${place.tokenOf(user)}` };
        const asked = { method: 'POST', headers, body: JSON.stringify({ purpose: 'photo' }) };
        const { url } = (await (await fetch(`${place.url}/files/uploads`, asked)).json()) as { url: string };
        const kept = await fetch(`${place.url}${url}`, { method: 'PUT', body: photo });
        const { objectId, sha256, bytes } = (await kept.json()) as { objectId: string; sha256: string; bytes: number };
        return { objectId, sha256, bytes };
      },
      /** The file itself, or undefined when this person may not see it. */
      fetchFile: async (sha256: string): Promise<Buffer | undefined> => {
        const headers = { authorization: `Bearer ${place.tokenOf(user)}` };
        const answer = await fetch(`${place.url}/files/${sha256}`, { headers });
        return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
      },
      /** A document as PDF, and whether the record holds its hash. */
      fetchDocument: async (kind: 'statement' | 'invoice', id: string, lang: 'ko' | 'en') => {
        const headers = { authorization: `Bearer ${place.tokenOf(user)}` };
        const answer = await fetch(`${place.url}/documents/${kind}/${id}.pdf?lang=${lang}`, { headers });
        const bytes = Buffer.from(await answer.arrayBuffer());
        return { sha256: sha256(bytes), filed: answer.headers.get('x-cargoro-filed') === 'true' };
      },
      dispose: () => socket.dispose(),
    };
  };

  type Client = ReturnType<typeof clientOf>;
  return {
    as: (user: DevUser): Client => {
      const known = clients.get(user.user) ?? clientOf(user);
      clients.set(user.user, known);
      return known;
    },
    end: async (): Promise<void> => {
      await Promise.all([...clients.values()].map((client) => client.dispose()));
    },
  };
};
export type Story = ReturnType<typeof storyAt>;
export type Client = ReturnType<Story['as']>;
