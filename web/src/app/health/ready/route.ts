import { gatewayUrl } from '../../../session/server.ts';

export const dynamic = 'force-dynamic';

/** Ready when the gateway answers: without it a page could only apologise. */
export const GET = async (): Promise<Response> => {
  const gateway = await fetch(`${gatewayUrl()}/health/live`, { cache: 'no-store', signal: AbortSignal.timeout(2_000) })
    .then((response) => (response.ok ? 'up' : 'down'))
    .catch(() => 'down');
  const ready = gateway === 'up';
  return Response.json(
    { status: ready ? 'ready' : 'degraded', dependencies: { gateway } },
    { status: ready ? 200 : 503 },
  );
};
