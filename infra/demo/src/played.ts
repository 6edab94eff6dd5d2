import type { StoredEvent } from '@cargoro/domain';
import type { EventLog } from '@cargoro/infra/ports';
import type { BuiltWorld, Progress, WorldDeps } from './build.ts';
import { BrokenChecks, type Checked, selfChecks } from './checks/index.ts';
import type { MeasuredRate } from './checks/rates/index.ts';
import { newDigest } from './digest.ts';
import { anchorOf, foundingPath, openDistrict } from './living/opening.ts';
import type { Size } from './living/size.ts';
import { worldOf } from './living/world.ts';
import { type Batch, memoryLog } from './sim/memory-log.ts';
import { AnotherWorld, type Onward, onwardTo } from './sim/onward.ts';
import { commandIdOf, play } from './sim/play.ts';

/** A world that lives by itself: how large, and how often side by side. */
export type Living = {
  readonly size: Size;
  readonly districts: number;
  readonly seed: string;
  /** Things happen in it as often as domain.md §7.7 says; a small or short one has too few of them. */
  readonly areRatesHeld?: boolean;
  /** What it came to before, as of an anchor: after its first district, after its second, as far as that is known. */
  readonly known?: { readonly anchor: string; readonly digests: readonly string[] };
};
export type PlayedWorld = Omit<BuiltWorld, 'profile'> & {
  readonly digest: string;
  readonly checks: readonly Checked[];
  readonly rates: readonly MeasuredRate[];
};

const threadIn = (district: number, path: string): string => `${district}/${path}`;

/** The anchor of the living world of this seed that a log begins with; undefined when it begins with something else. */
export const anchorIn = (first: StoredEvent | undefined, { seed, size }: Living): string | undefined => {
  const founding = commandIdOf(seed, threadIn(0, foundingPath), 0);
  return first?.meta.correlationId === founding ? anchorOf(first.meta.occurredAt, size) : undefined;
};

export const firstEventOf = async (log: EventLog): Promise<StoredEvent | undefined> => {
  for await (const event of log.readAll()) return event;
  return undefined;
};

/**
 * Plays a living world into a log, one district after the other, so that memory holds one of them. Each is judged by the
 * self-checks as it goes by; throws when one does not hold.
 */
export const playWorld = async (
  living: Living,
  deps: WorldDeps,
  { anchor: asked, onProgress }: { readonly anchor: string; readonly onProgress?: (progress: Progress) => void },
): Promise<PlayedWorld> => {
  const first = await firstEventOf(deps.log);
  const anchor = anchorIn(first, living) ?? asked;
  if (first && !anchorIn(first, living)) throw new AnotherWorld('The log begins with another world');
  const onward = onwardTo(deps);
  const digest = newDigest();
  const totals = { commands: 0, events: 0, refused: 0 };
  let checks: readonly Checked[] = [];
  let rates: readonly MeasuredRate[] = [];
  for (let district = 0; district < living.districts; district++) {
    const tell = (share: number) =>
      onProgress?.({ share: (district + share) / living.districts, events: totals.events });
    const judge = selfChecks(living);
    const see = ({ events }: Batch): void => {
      totals.events += events.length;
      for (const event of events) {
        digest.add(event);
        judge.see(event);
      }
    };
    const played = await playDistrict(living, { district, anchor, onward, see, tell, appVersion: deps.appVersion });
    totals.commands += played.commands;
    totals.refused += Object.values(played.refused).reduce((sum, count) => sum + count, 0);
    checks = allHolding([...judge.results(), ...sameAsKnown(living, anchor, district, digest.hex())]);
    rates = judge.rates();
  }
  await onward.finish();
  return { ...totals, anchor, digest: digest.hex(), checks, rates };
};

const allHolding = (results: readonly Checked[]): readonly Checked[] => {
  if (results.some(({ problems }) => problems.length > 0)) throw new BrokenChecks(results);
  return results;
};
/** Only of the anchor it was made for is the digest of a world known beforehand. */
const sameAsKnown = ({ known }: Living, anchor: string, district: number, digest: string): readonly Checked[] => {
  const expected = known?.anchor === anchor ? known.digests[district] : undefined;
  if (expected === undefined) return [];
  const problems = expected === digest ? [] : [`after district ${district + 1} it is ${digest}, known is ${expected}`];
  return [{ name: 'the digest is the known one', problems }];
};

/** Milliseconds without a turn for others. Playing alone never waits for anything, and the store may live in this process. */
const longestTurn = 20;
type District = {
  readonly district: number;
  readonly anchor: string;
  readonly onward: Onward;
  readonly see: (batch: Batch) => void;
  readonly tell: (share: number) => void;
  readonly appVersion: string | undefined;
};

const playDistrict = ({ seed, size }: Living, { district, anchor, onward, see, tell, appVersion }: District) => {
  const waiting: Batch[] = [];
  const log = memoryLog((batch) => {
    see(batch);
    waiting.push(batch);
  });
  const begins = Date.parse(anchor) - (size.days - 1) * 86_400_000;
  let turned = performance.now();
  const handOn = async (now: string): Promise<void> => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) await onward.take(batch);
    if (performance.now() - turned > longestTurn) {
      await new Promise((resolve) => setImmediate(resolve));
      turned = performance.now();
    }
    tell((Date.parse(now) - begins) / (Date.parse(anchor) - begins));
  };
  return play(log, { seed, until: anchor, appVersion: appVersion ?? 'demo', onCommand: handOn }, ({ begin }) =>
    openDistrict(
      worldOf(
        { begin: (at, path, story) => begin(at, threadIn(district, path), story) },
        { seed, district, anchor, size },
      ),
    ),
  );
};
