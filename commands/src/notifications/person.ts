import { fold, noticeChoiceOf, readEvent, streamOf, UserAccount } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Person } from './channel.ts';

const { events } = UserAccount;

/** Finds a person with their contacts opened; undefined when there is nobody to tell: unknown, suspended or erased. */
export const personFinder =
  (log: EventLog, vault: Vault) =>
  async (userId: string): Promise<Person | undefined> => {
    const stored = await log.read(streamOf(UserAccount, userId));
    const [first] = stored;
    if (!first) return undefined;
    const opened = {
      ...first,
      data: await vault.open(first.data as Record<string, unknown>, events.UserRegistered.personal),
    };
    const { state } = fold(UserAccount, [opened, ...stored.slice(1)]);
    const choice = noticeChoiceOf(state);
    if (!choice) return undefined;
    const { person, personRef, locale } = events.UserRegistered.schema.parse(readEvent(events, opened).data);
    const hasChosen = 'notices' in state;
    return { userId, personRef, locale, choice, hasChosen, email: person?.email, phone: person?.phone };
  };
