import type { NoticeChannel, NoticeChoice } from '@cargoro/domain';

/** A person as they are at the moment of sending. Contacts are opened for that moment and go nowhere else. */
export type Person = {
  readonly userId: string;
  readonly personRef: string;
  readonly locale: 'ko' | 'en';
  readonly choice: NoticeChoice;
  /** The choice is their own. */
  readonly hasChosen: boolean;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
};

export type Message = {
  /** The same for every try, so that the other side may see a repeat for what it is. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Where to read on. */
  readonly url: string | undefined;
  readonly locale: 'ko' | 'en';
};

/** One way to people, by one provider. */
export type Channel = {
  readonly name: NoticeChannel;
  /** It makes a noise, so quiet hours hold it back. */
  readonly rings: boolean;
  /** False when the person has no address of this kind. Throws Undelivered; any other error is tried again too. */
  send(to: Person, message: Message, signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
};

/** Providers like to repeat the address in what they say, so only a code of their answer is kept. */
export class Undelivered extends Error {
  override readonly name = 'Undelivered';
  constructor(
    readonly code: string,
    /** Trying again would change nothing. */
    readonly final: boolean,
  ) {
    super(code);
  }
}

export const sendTimeoutMs = 15_000;

/** What an HTTP answer means: too many requests and failures of the server pass, everything else does not. */
export const refusedWith = (status: number): Undelivered =>
  new Undelivered(`HTTP ${status}`, status >= 400 && status < 500 && status !== 408 && status !== 429);

/** Posts and forgets the answer's body; throws Undelivered without saying where it was posted. */
export const post = async (url: string, init: RequestInit, signal: AbortSignal): Promise<Response> => {
  const both = AbortSignal.any([signal, AbortSignal.timeout(sendTimeoutMs)]);
  const response = await fetch(url, { method: 'POST', redirect: 'error', ...init, signal: both }).catch(() => {
    throw new Undelivered('UNREACHABLE', false);
  });
  await response.body?.cancel();
  return response;
};
