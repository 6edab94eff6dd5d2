import {
  advance,
  aggregates,
  type Folded,
  kitRefusals,
  type ProcessInput,
  processes,
  type Reaction,
  type StoredEvent,
} from '@cargoro/domain';
import { beforeAll, describe, expect, it } from 'vitest';
import { themes } from '../../test/storm/options.ts';
import * as retold from '../../test/storm/retold.ts';
import { runStorm, seedsOf } from '../../test/storm/run.ts';
import { type Act, foundedHistory, startBusinessInMemory } from '../../test/storm/storm.ts';
import { startTally } from '../../test/storm/tally.ts';

type Recorded = {
  readonly acts: readonly Act[];
  readonly events: readonly StoredEvent[];
  readonly tellings: readonly retold.Telling[];
  readonly records: retold.Records;
};
const partForJob = (type: string) => `PartForJob ${type}`;
const purchaseCare = (type: string) => `PurchaseCare ${type}`;
const chain = (type: string) => `FleetMaintenance ${type}`;
type Send = Extract<Reaction, { kind: 'send' }>;

/** What processes were told in storms about each kind of record: every process has runs of its own among them. */
const recordings: Recorded[] = [];
const actsInStorm = 110;
/** More are told if a process has not had its turn. */
const mostStorms = 3 * themes.length;
const isRecorded = (name: string): boolean =>
  recordings.some(({ tellings }) => tellings.some(({ process }) => process.name === name));

beforeAll(async () => {
  for (let n = 0; n < mostStorms; n++) {
    if (n >= themes.length && processes.every(({ name }) => isRecorded(name))) break;
    const { acts, events } = await runStorm(seedsOf(n, actsInStorm), startTally());
    recordings.push({
      acts,
      events,
      tellings: retold.tellingsIn(events, processes),
      records: retold.recordsOf(events),
    });
  }
});

const afterOf = ({ process, before, event }: retold.Telling): Folded => advance(process.aggregate, before, event);
const sendsOf = ({ reactions }: retold.Telling): readonly Send[] =>
  reactions.filter((reaction): reaction is Send => reaction.kind === 'send');
const codesOf = ({ aggregate, type }: Send): readonly string[] => {
  const { refuses = [], otherwise } = aggregates.find(({ name }) => name === aggregate)?.commands[type] ?? {};
  return [...new Set([...refuses, ...(otherwise ? [otherwise] : []), ...Object.keys(kitRefusals)])];
};
const inputOf = (type: string, data: ProcessInput['data'], at: string): ProcessInput => ({
  ...{ id: `law ${type} ${JSON.stringify(data)} ${at}`, type, data, at },
});
const everyTelling = (): readonly (readonly [retold.Telling, Recorded])[] =>
  recordings.flatMap((recording) => recording.tellings.map((telling) => [telling, recording] as const));

/** So often a process may send the same command again right after its refusal. */
const mostTries = 10;

describe('every process, over what storms told it', () => {
  it('was told something', () => {
    expect(processes.map(({ name }) => name).filter((name) => !isRecorded(name))).toEqual([]);
  });

  it('reacts again as it did when it knows what it knew then, so a restart sends the same commands', () => {
    for (const [telling, { records }] of everyTelling()) {
      const kept = retold.tell(telling, telling.before, telling.input, retold.knewThen(telling, records));
      expect(kept?.reactions, `${telling.process.name} on ${telling.input.type}`).toEqual(telling.reactions);
    }
  });

  it('takes each input once: told again, at once or at the end, it changes nothing', () => {
    for (const [telling, { records, events }] of everyTelling()) {
      const ctx = retold.knowsNow(telling.input.at, records);
      for (const folded of [afterOf(telling), retold.endOf(events, telling)])
        expect(retold.tell(telling, folded, telling.input, ctx), telling.input.type).toBeUndefined();
    }
  });

  it('sends commands that exist, with data they take, and says why when it does nothing', () => {
    for (const [telling] of everyTelling()) retold.expectSound(telling, telling.input.type, telling.reactions);
  });

  it('has an answer to the refusal of whatever it sends, by whichever code, and does not insist for ever', () => {
    const seen = new Map<string, number>();
    const answered = new Set<string>();
    const silent = new Set<string>();
    for (const [telling, { records }] of everyTelling())
      for (const sent of sendsOf(telling)) {
        const name = `${telling.process.name} ${sent.type}`;
        const times = seen.get(name) ?? 0;
        seen.set(name, times + 1);
        if (times >= 4) continue;
        for (const code of codesOf(sent)) {
          let folded = afterOf(telling);
          let again: Send | undefined = sent;
          for (let tries = 0; again; tries++) {
            expect(tries, `${name} is sent again and again after ${code}`).toBeLessThan(mostTries);
            const input = inputOf(`${sent.type}Rejected`, { code, data: again.data }, telling.input.at);
            const kept = retold.tell(
              telling,
              folded,
              { ...input, id: `${input.id} ${tries}` },
              {
                ...retold.knowsNow(telling.input.at, records),
              },
            );
            if (!kept) break;
            retold.expectSound(telling, input.type, kept.reactions);
            (kept.reactions.every(({ kind }) => kind === 'ignore') ? silent : answered).add(name);
            folded = kept.after;
            again = kept.reactions.find((r): r is Send => r.kind === 'send' && r.type === sent.type);
          }
        }
      }
    // Refusals that leave nothing to do: what was asked for holds already, or the record is gone and its process with it.
    expect([...silent].filter((name) => !answered.has(name) && !leftAlone.has(name)).toSorted()).toEqual([]);
  });

  it('may be told of any timer it ever set, at once or at the end', () => {
    for (const [telling, { records, events }] of everyTelling())
      for (const reaction of telling.reactions) {
        if (reaction.kind !== 'schedule') continue;
        for (const folded of [afterOf(telling), retold.endOf(events, telling)]) {
          const input = inputOf('TimerFired', { timer: reaction.timer }, reaction.at);
          const kept = retold.tell(telling, folded, input, retold.knowsNow(reaction.at, records));
          if (kept) retold.expectSound(telling, `timer ${reaction.timer}`, kept.reactions);
        }
      }
  });

  it('comes to the same history when it dies between any two steps, and to nothing new when all is told again', async () => {
    const begun = await foundedHistory();
    for (const { acts } of recordings.filter((_, n) => n % 7 === 0)) {
      const told = async (follow: (business: ReturnType<typeof startBusinessInMemory>) => Promise<void>) => {
        const business = startBusinessInMemory(begun, () => undefined);
        for (const act of acts.filter((one) => one.do === 'command').slice(0, 35)) {
          await business.act(act);
          await follow(business);
        }
        const stored = business.events.length;
        for (const event of [...business.events]) business.follower.take(event);
        await business.act({ do: 'crash' });
        await business.follower.settle();
        // What came to nothing then may be refused now, and its process be told so; nothing else happens.
        const more = business.events.slice(stored).map(({ type }) => type);
        expect(more.filter((type) => !processes.some(({ event }) => event === type))).toEqual([]);
        return business.events.map(({ stream, revision, id, type }) => `${stream}@${revision} ${type} ${id}`);
      };
      const once = await told(async ({ follower }) => {
        while (await follower.step(0));
      });
      const dying = await told(async (business) => {
        for (let steps = 1; ; steps++) {
          let done = 0;
          while (done < steps && (await business.follower.step(0))) done += 1;
          if (done < steps) break;
          await business.act({ do: 'crash' });
        }
      });
      expect(dying).toEqual(once);
    }
  }, 120_000);
});

/** Refused for a reason that leaves nothing to do: it holds already, is somebody else's now, or a timer looks again. */
const leftAlone: ReadonlySet<string> = new Set([
  ...processes.map(({ name }) => `${name} RequestNotice`),
  // The record is over, or a person did it first.
  ...['NotePartReserved', 'NotePartShortage', 'NotePartArrived', 'ReleaseStock', 'ReleaseClaim'].map(partForJob),
  'WaitingForParts PauseWork',
  // The line that was promised is looked at every day; a hold that is gone was given up by a person.
  ...['ConfirmClaim', 'ExtendStockReservation'].map(partForJob),
  ...[
    'ExpectInbound',
    'DropInbound',
    'OpenStock',
    'CancelPurchaseOrder',
    'SubmitPurchaseOrder',
    'NotePartShortage',
  ].map(purchaseCare),
  'StockHold ExtendStockReservation',
  // Nobody confirms within a day: the timer asks the next workshop. Nobody is found to drive: the alarm rings.
  ...['ProposeSlot', 'CancelReservation', 'UnbookItems', 'CancelDelivery', 'AgreeFare', 'ApproveLines'].map(chain),
  ...['ContractWatch MarkExpiring', 'ContractWatch EndContract', 'PlanEvaluation EvaluatePlan'],
  // Somebody answered, took the job, set out or cancelled first; the ledger has it already.
  ...['ExhaustDispatch', 'ExpireOffer', 'OfferToDriver', 'ReleaseDriver', 'AgreeFare'].map(
    (type) => `Dispatch ${type}`,
  ),
  ...['ExpireReservation', 'RecordNoShow', 'CancelDelivery', 'UnbookItems'].map((type) => `ReservationCare ${type}`),
  ...['CostBooking BookCost', 'CostBooking ReverseCost', 'InvoiceCare MarkOverdue'],
  ...['UnbookItems', 'RequestDelivery', 'DraftInvoice'].map((type) => `CancellationCare ${type}`),
  // They have the car already, or somebody has taken it since; a later reading stands.
  ...['CustodyCare TransferCustody', 'CustodyCare RecordOdometer'],
  'ReservationCare ExpireReservation',
  ...['TripLogMonth OpenTripLog', 'PartRecall SetReminder', 'LowStock AddLine', 'LowStock DraftPurchaseOrder'],
]);
