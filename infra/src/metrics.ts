import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PartState } from './ports.ts';

export { Counter, Gauge, Histogram } from 'prom-client';

/** Times of commands and requests, in seconds: fine where people wait, coarse above. */
export const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = {
  readonly registry: Registry;
  /** Created at the first call, returned again afterwards. */
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  gauge(name: string, help: string, labels?: readonly string[]): Gauge;
  histogram(name: string, help: string, labels?: readonly string[], buckets?: readonly number[]): Histogram;
  /** Reports the states of parts as `cargoro_part_up` and `cargoro_fallback_active` at every scrape. */
  watchParts(states: () => readonly PartState[]): void;
};

/** A registry of this process with Node's own figures and the label `role`. */
export const createMetrics = (role: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  collectDefaultMetrics({ register: registry });
  const once = <M>(name: string, make: () => M): M => (registry.getSingleMetric(name) as M | undefined) ?? make();
  const common = (name: string, help: string, labels: readonly string[]) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  return {
    registry,
    counter: (name, help, labels = []) => once(name, () => new Counter(common(name, help, labels))),
    gauge: (name, help, labels = []) => once(name, () => new Gauge(common(name, help, labels))),
    histogram: (name, help, labels = [], buckets = latencyBuckets) =>
      once(name, () => new Histogram({ ...common(name, help, labels), buckets: [...buckets] })),
    watchParts: (states) => {
      new Gauge({
        ...common('cargoro_part_up', '1 up, 0.5 degraded, 0 down', ['part']),
        collect() {
          for (const { part, status } of states())
            this.set({ part }, status === 'up' ? 1 : status === 'degraded' ? 0.5 : 0);
        },
      });
      new Gauge({
        ...common('cargoro_fallback_active', '1 while the stand-in of a part is used', ['part', 'fallback']),
        collect() {
          this.reset();
          for (const { part, fallback } of states()) if (fallback) this.set({ part, fallback }, 1);
        },
      });
    },
  };
};
