// The web server that `next build` made, as a child of `cargoro start`. It loads nothing of ours, so it is plain JavaScript.
import dns from 'node:dns';
import { pathToFileURL } from 'node:url';

// The server listens on the name `localhost`, as Next answers an address with redirects to itself.
dns.setDefaultResultOrder('ipv4first');
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
process.once('message', async ({ environment, port, host }) => {
  Object.assign(process.env, environment, {
    NODE_ENV: 'production',
    PORT: String(port),
    HOSTNAME: host === '127.0.0.1' ? 'localhost' : host,
  });
  await import(pathToFileURL(process.argv[2]));
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answered = await fetch(`http://127.0.0.1:${port}/health/live`, { redirect: 'manual' }).catch(() => undefined);
    if (answered) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  process.send?.({ kind: 'ready', port });
});
process.send?.({ kind: 'loaded' });
