import { createHash } from 'node:crypto';

/** B1: sixteen writers, streams of eight events of about 400 bytes, load-decide-append each. */
export const writers = 16;
export const eventsPerStream = 8;
export const streamsPerRound = 320;

export const uuidOf = (path: string): string => {
  const hex = createHash('sha1').update(path).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The data of event `n` of a stream: 406 bytes of JSON, the same in every arm. */
export const itemOf = (id: string, n: number) => ({
  benchOrderId: id,
  n,
  partNo: `26300-ZD${String(n).padStart(3, '0')}`,
  name: '엔진오일 필터, 순정',
  quantity: (n % 4) + 1,
  unitPriceKrw: 5_500 + n * 100,
  technician: uuidOf(`technician/${n % 7}`),
  bay: uuidOf(`bay/${n % 5}`),
  note: '고객 요청으로 예비 부품을 함께 준비함. 교체 후 누유 확인, 토크 25 Nm. 다음 점검은 10,000 km 뒤.',
});
export type Item = ReturnType<typeof itemOf>;

/** What the fold of a stream keeps, alike in every arm. */
export type Folded = { readonly count: number; readonly totalKrw: number };
export const emptyOrder: Folded = { count: 0, totalKrw: 0 };
export const foldItem = (state: Folded, item: Item): Folded => ({
  count: state.count + 1,
  totalKrw: state.totalKrw + item.quantity * item.unitPriceKrw,
});

/** Runs every command of a round on sixteen writers, a stream at a time each; returns the latencies. */
export const drive = async (
  round: number,
  send: (streamId: string, n: number) => Promise<void>,
  streams = streamsPerRound,
): Promise<number[]> => {
  const latencies: number[] = [];
  let next = 0;
  const writer = async () => {
    for (let stream = next++; stream < streams; stream = next++) {
      const id = uuidOf(`round/${round}/stream/${stream}`);
      for (let n = 0; n < eventsPerStream; n++) {
        const started = performance.now();
        await send(id, n);
        latencies.push(performance.now() - started);
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return latencies;
};

/** Checks that a sample of the round's streams holds exactly its eight items in order. */
export const verifyStreams = async (
  round: number,
  read: (streamId: string) => Promise<readonly Item[]>,
  streams = streamsPerRound,
): Promise<string> => {
  for (let stream = 0; stream < streams; stream += 16) {
    const items = await read(uuidOf(`round/${round}/stream/${stream}`));
    const order = items.map((item) => item.n).join();
    const wanted = Array.from({ length: eventsPerStream }, (_, n) => n).join();
    if (order !== wanted) throw new Error(`stream ${stream} holds ${order || 'nothing'}, expected ${wanted}`);
  }
  return `${Math.ceil(streams / 16)} streams of ${eventsPerStream} in order`;
};
