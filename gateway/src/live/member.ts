import type { Row, SubscriptionDef, Viewer } from '../read-types.ts';
import type { CompiledSelection } from './selection.ts';

/** Where a subscription's answers go. */
export type Sink = {
  /** Text of one execution result. */
  readonly send: (payload: string) => void;
  /** The right to see ended: closes the socket with 4403. */
  readonly forbid: (reason: string) => void;
};

/** A change of a row, as the bus tells it or as a re-read finds it. */
export type Change = {
  readonly key: string;
  readonly position: bigint;
  /** Party keys that may see the row now, or could before the change. */
  readonly parties: readonly string[];
  /** Those of the same change who were served already. */
  readonly served?: readonly string[];
};

/** One subscription of one socket. */
export type Member = {
  readonly viewer: Viewer;
  readonly selection: CompiledSelection;
  readonly sink: Sink;
  /** What the client has had: nothing up to here is sent. */
  readonly after: bigint;
  /** Changes that arrived while what was missed is being read; undefined once live. */
  backlog: Change[] | undefined;
  /** Rows sent from what was missed, by key, so that their notices, still under way, send nothing twice. */
  readonly caughtUp: Map<string, bigint>;
  left: boolean;
};

/** Whose rows are found by asking the store for each viewer, rather than by the parties a row names. */
export const asksStore = ({ open, readModel }: SubscriptionDef): boolean =>
  open === true || readModel.tenancy === 'stream';

export const mayConcern = (
  def: SubscriptionDef,
  { viewer }: Member,
  parties: readonly string[],
  served: readonly string[] = [],
) =>
  asksStore(def) ||
  (viewer.partyKeys.some((key) => parties.includes(key)) && !viewer.partyKeys.some((key) => served.includes(key)));

/**
 * Two viewers with the same signature for a row see the same of it: their role, and which of its parties they are,
 * decide rows, masks and allowed commands; emergency access sees less of both.
 */
export const rightsTo = (
  def: SubscriptionDef,
  { viewer: { actor, partyKeys, breakGlass } }: Member,
  row: Row,
): string => {
  const relevant =
    def.readModel.tenancy === 'stream' ? partyKeys : partyKeys.filter((key) => row.partyKeys.includes(key));
  return `${actor.kind}|${actor.role ?? ''}|${breakGlass ? 'breakGlass' : ''}|${relevant.join(',')}`;
};
