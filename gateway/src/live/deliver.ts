import { setTimeout as delay } from 'node:timers/promises';
import type { ReadApi, Row, SubscriptionDef, Viewer } from '../read-types.ts';
import type { LiveChange } from '../schema/subscriptions.ts';
import { type Change, type Member, mayConcern, rightsTo } from './member.ts';
import type { CompiledSelection } from './selection.ts';

/** A changed row and those who see it in the same way. */
export type Delivery = { readonly row: Row; readonly members: readonly Member[] };
/** What becomes of a change: who gets which row, and who may not see it, or not any more. */
export type Served = { readonly change: Change; readonly deliveries: Delivery[]; blind: Member[] };

const sameKeys = (a: Viewer, b: Viewer): boolean =>
  a.actor.role === b.actor.role &&
  a.actor.kind === b.actor.kind &&
  Boolean(a.breakGlass) === Boolean(b.breakGlass) &&
  a.partyKeys.join() === b.partyKeys.join();

/** How long a row may take to reach a replica after its notice, which follows the commit on the primary. */
const longestLagMs = 2_000;

/** Rows at least as new as their notices. */
const readRows = async (
  readApi: ReadApi,
  { readModel, open }: SubscriptionDef,
  changes: readonly Change[],
  viewer: Viewer,
): Promise<ReadonlyMap<string, Row>> => {
  const keys = changes.map(({ key }) => key);
  const isLate = (rows: ReadonlyMap<string, Row>) =>
    changes.some(({ key, position }) => BigInt(rows.get(key)?.position ?? position) < position);
  let rows = await readApi.byKeys(readModel, keys, viewer, open);
  for (let wait = 5; isLate(rows) && wait < longestLagMs; wait *= 2) {
    await delay(wait);
    rows = await readApi.byKeys(readModel, keys, viewer, open);
  }
  return rows;
};

/**
 * Reads the changed rows once per kind of rights and says who gets which. When a row has moved on since its notice, who
 * may see it now is what the row says.
 */
export const serve = async (
  readApi: ReadApi,
  def: SubscriptionDef,
  changes: readonly Change[],
  everybody: readonly Member[],
): Promise<readonly Served[]> => {
  const served: Served[] = changes.map((change) => ({ change, deliveries: [], blind: [] }));
  const concerned = ({ parties, served: before }: Change) =>
    everybody.filter((one) => mayConcern(def, one, parties, before));
  const waiting = new Map(served.map((one) => [one, concerned(one.change)]));
  for (;;) {
    const reader = [...waiting.values()].find((members) => members.length > 0)?.[0];
    if (!reader) return served;
    const mine = [...waiting].filter(([, members]) => members.includes(reader));
    const rows = await readRows(
      readApi,
      def,
      mine.map(([{ change }]) => change),
      reader.viewer,
    );
    for (const [one, members] of mine) {
      const row = rows.get(one.change.key);
      const first = one.deliveries.length === 0;
      const moved = row && first && BigInt(row.position) > one.change.position;
      const parties = moved ? [...one.change.parties, ...row.partyKeys] : undefined;
      const left = parties ? concerned({ ...one.change, parties }) : members;
      const rights = row && rightsTo(def, reader, row);
      const alike = (member: Member) =>
        row ? rightsTo(def, member, row) === rights : sameKeys(member.viewer, reader.viewer);
      if (row) one.deliveries.push({ row, members: left.filter(alike) });
      else one.blind.push(...left.filter(alike));
      waiting.set(
        one,
        left.filter((member) => !alike(member)),
      );
    }
  }
};

/** Renders each selection once and sends the same text to all who asked for it. Returns how often it executed. */
export const sendTo = async (
  members: readonly Member[],
  change: LiveChange,
  render: (member: Member, change: LiveChange) => Promise<string>,
): Promise<number> => {
  const groups = new Map<CompiledSelection, Member[]>();
  for (const member of members) {
    const group = groups.get(member.selection);
    if (group) group.push(member);
    else groups.set(member.selection, [member]);
  }
  for (const group of groups.values()) {
    const payload = await render(group[0] as Member, change);
    for (const member of group) if (!member.left) member.sink.send(payload);
  }
  return groups.size;
};
