import type { JobHandler } from './worker.ts';

const timeoutMs = 10_000;

/**
 * Sends a report as JSON to the ministry's end point. The idempotency key names the order, so that a report sent
 * again, after a crash or an answer that got lost, is known there. Anything but a 2xx answer throws. The receipt number is kept when there is one.
 */
export const legalReport: JobHandler = async ({ data, signal }) => {
  const report = data.report as Record<string, unknown>;
  const response = await fetch(String(data.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': String(report.repairOrderId) },
    body: JSON.stringify(report),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(`The end point answered ${response.status}`);
  const receiptNo = (answer as { receiptNo?: unknown } | undefined)?.receiptNo;
  return typeof receiptNo === 'string' ? { receiptNo } : {};
};
