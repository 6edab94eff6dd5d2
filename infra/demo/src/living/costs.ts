import { processActor } from '@cargoro/domain';
import type { Act } from './act.ts';
import type { Fleet } from './cast.ts';
import { tell, type World } from './world.ts';

export type Cost = {
  readonly vehicleId: string;
  readonly category: 'maintenance' | 'repair' | 'delivery' | 'lease' | 'fuel';
  readonly supplyKrw: number;
  readonly vatKrw: number;
  readonly occurredOn: string;
  readonly source: { readonly kind: 'invoice' | 'delivery' | 'contract' | 'receipt'; readonly id: string };
  readonly at: string;
  readonly journey?: string | undefined;
};

/** Books a cost on the fleet's contract (P6); the same document twice is refused. */
export function* costs(w: World, fleet: Fleet, { at, journey, ...cost }: Cost): Act<void> {
  const path = `cost/${cost.source.kind}/${cost.source.id}`;
  const book = { contractId: fleet.contractId, costId: w.id(path), ...cost };
  const by = processActor('completionToMoney');
  yield tell(at, by, 'BookCost', book, { correlationId: journey });
  if (w.draws(path).chance(0.01))
    yield tell(
      at,
      fleet.accountant.actor,
      'BookCost',
      { ...book, costId: w.id(`${path}/twice`) },
      { may: ['DUPLICATE_SOURCE'] },
    );
}
