/** What is to happen, earliest first; what falls on the same moment keeps the order in which it was added. */
export type Agenda<T> = {
  add(at: string, item: T): void;
  take(): { readonly at: string; readonly item: T } | undefined;
  readonly size: () => number;
};

type Entry<T> = { readonly at: string; readonly order: number; readonly item: T };
const isEarlier = <T>(a: Entry<T>, b: Entry<T>): boolean => (a.at === b.at ? a.order < b.order : a.at < b.at);

/** A binary heap; moments are UTC text of one shape, which sorts as it reads. */
export const newAgenda = <T>(): Agenda<T> => {
  const heap: Entry<T>[] = [];
  let added = 0;
  const swapUp = (from: number, entry: Entry<T>): void => {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Entry<T>;
      if (!isEarlier(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  };
  const sinkDown = (entry: Entry<T>): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const smaller = right < heap.length && isEarlier(heap[right] as Entry<T>, heap[left] as Entry<T>) ? right : left;
      const below = heap[smaller] as Entry<T>;
      if (!isEarlier(below, entry)) break;
      heap[index] = below;
      index = smaller;
    }
    heap[index] = entry;
  };
  return {
    add: (at, item) => {
      const entry = { at, order: added++, item };
      heap.push(entry);
      swapUp(heap.length - 1, entry);
    },
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first && last && heap.length > 0) sinkDown(last);
      return first;
    },
    size: () => heap.length,
  };
};
