export const dynamic = 'force-dynamic';

/** Prometheus figures of this process. */
export const GET = (): Response => {
  const { rss, heapUsed } = process.memoryUsage();
  const body = [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes{role="web"} ${rss}`,
    '# TYPE nodejs_heap_size_used_bytes gauge',
    `nodejs_heap_size_used_bytes{role="web"} ${heapUsed}`,
    '# TYPE process_uptime_seconds counter',
    `process_uptime_seconds{role="web"} ${process.uptime()}`,
    '',
  ].join('\n');
  return new Response(body, { headers: { 'content-type': 'text/plain; version=0.0.4' } });
};
