import { Agent, request } from 'node:http';

/** One process that sends requests over keep-alive connections, each as soon as its answer is there. */
export type Load = {
  readonly port: number;
  readonly connections: number;
  readonly count: number;
  readonly requests: readonly LoadRequest[];
};
export type LoadRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How often this must stand in the answer, which must come with status 200. */
  readonly expect: { readonly text: string; readonly times: number };
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const send = (port: number, { method, path, headers, body, expect }: LoadRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const found = text.split(expect.text).length - 1;
        if (response.statusCode === 200 && found === expect.times) resolve();
        else reject(new Error(`${response.statusCode}, ${found} times ${expect.text}: ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

process.on('message', async ({ port, connections, count, requests }: Load) => {
  const latencies: number[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      const started = performance.now();
      await send(port, requests[n % requests.length] as LoadRequest);
      latencies.push(performance.now() - started);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
    process.send?.({ latencies });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
process.on('disconnect', () => process.exit());
