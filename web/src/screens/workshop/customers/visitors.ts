type Visit = {
  readonly id: string;
  readonly vehicleId: string;
  readonly plate: string;
  readonly make: string;
  readonly model: string;
  readonly customerName: string | null;
  readonly customer: { readonly kind: string; readonly id: string };
  readonly openedAt: string;
  readonly status: string;
  readonly dueKrw: number;
};
export type Visitor = {
  readonly vehicleId: string;
  readonly plate: string;
  readonly model: string;
  readonly customerName: string | null;
  readonly customerKind: string;
  readonly visits: number;
  readonly lastVisit: string;
  readonly spentKrw: number;
  readonly openOrderId: string | undefined;
};

/** The cars a workshop has had in, each with its customer, the last visit and what was spent: folded from its orders. */
export const visitorsOf = (visits: readonly Visit[]): readonly Visitor[] => {
  const byCar = new Map<string, Visitor>();
  for (const visit of visits) {
    const before = byCar.get(visit.vehicleId);
    const latest = !before || visit.openedAt > before.lastVisit;
    byCar.set(visit.vehicleId, {
      vehicleId: visit.vehicleId,
      plate: latest ? visit.plate : before.plate,
      model: `${visit.make} ${visit.model}`,
      customerName: latest ? visit.customerName : before.customerName,
      customerKind: latest ? visit.customer.kind : before.customerKind,
      visits: (before?.visits ?? 0) + 1,
      lastVisit: latest ? visit.openedAt : before.lastVisit,
      spentKrw: (before?.spentKrw ?? 0) + visit.dueKrw,
      openOrderId: visit.status !== 'closed' ? visit.id : before?.openOrderId,
    });
  }
  return [...byCar.values()];
};
