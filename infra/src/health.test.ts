import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { addHealthRoutes, createHealth, type HealthChecks, startHealthServer } from './health.ts';
import { createMetrics } from './metrics.ts';

const served = async (checks: Omit<HealthChecks, 'role'>) => {
  const server = await startHealthServer(
    createHealth({ role: 'projections', ...checks }),
    createMetrics('projections'),
  );
  const response = await fetch(`http://127.0.0.1:${server.port}/health/ready`);
  const body = await response.json();
  await server.stop();
  return { status: response.status, body };
};

describe('health', () => {
  it('is up when every part answers', async () => {
    const { status, body } = await served({ pings: { postgres: async () => undefined } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'up',
      role: 'projections',
      parts: [{ part: 'postgres', status: 'up' }],
      fallbacks: [],
    });
  });

  it('is degraded, and serves, while a stand-in is used', async () => {
    const { status, body } = await served({
      states: [() => ({ part: 'redis', status: 'degraded', fallback: 'memory' })],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'degraded', fallbacks: ['memory'] });
  });

  it('is down, with the reason, when a part fails, never answers, or a projection stopped', async () => {
    const failing = await served({ pings: { postgres: () => Promise.reject(new Error('no route')) } });
    expect(failing).toMatchObject({
      status: 503,
      body: { status: 'down', parts: [{ part: 'postgres', detail: 'no route' }] },
    });
    const silent = await served({ pings: { eventstore: () => new Promise(() => undefined) } });
    expect(silent.body).toMatchObject({ status: 'down', parts: [{ detail: 'no answer in 2000 ms' }] });
    const lag = { group: 'repair', position: '5', end: '9', lagMs: 40, stoppedAt: '6', reason: 'unknown event' };
    expect(await served({ projections: () => [lag] })).toMatchObject({ status: 503, body: { projections: [lag] } });
  });

  it('is degraded, and serves, when a report is bad news or does not come', async () => {
    const detail = '0 due within the hour, 3 late, 0 dead';
    expect(await served({ reports: { work: async () => ({ status: 'degraded', detail }) } })).toMatchObject({
      status: 200,
      body: { status: 'degraded', parts: [{ part: 'work', detail }] },
    });
    expect(await served({ reports: { work: () => Promise.reject(new Error('no route')) } })).toMatchObject({
      status: 200,
      body: { status: 'degraded', parts: [{ part: 'work', detail: 'no route' }] },
    });
  });

  it('is answered by APIs on the same paths, with metrics in Prometheus form', async () => {
    const metrics = createMetrics('gateway');
    metrics.watchParts(() => [{ part: 'redis', status: 'degraded', fallback: 'memory' }]);
    const app = fastify();
    addHealthRoutes(app, createHealth({ role: 'gateway' }), metrics);
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'up' });
    expect((await app.inject('/health/ready')).json()).toMatchObject({ status: 'up', role: 'gateway' });
    const { body } = await app.inject('/metrics');
    expect(body).toContain('cargoro_part_up{part="redis",role="gateway"} 0.5');
    expect(body).toContain('cargoro_fallback_active{part="redis",fallback="memory",role="gateway"} 1');
    await app.close();
  });
});
