import type { Metrics } from '@cargoro/infra/metrics';
import type { CommandObserver } from '../types.ts';

/**
 * `cargoro_commands_total{type,outcome}`, `cargoro_command_duration_seconds{type}` and, by refusal or error code,
 * `cargoro_command_refusals_total{type,code}`. What is not in `known` counts as `unknown`, so labels stay bounded.
 */
export const measured = (metrics: Metrics, known: ReadonlySet<string>): CommandObserver => {
  const total = metrics.counter('cargoro_commands_total', 'Commands answered', ['type', 'outcome']);
  const refusals = metrics.counter('cargoro_command_refusals_total', 'Commands refused or failed', ['type', 'code']);
  const duration = metrics.histogram('cargoro_command_duration_seconds', 'From receiving a command to its answer', [
    'type',
  ]);
  return (settled) => {
    const type = known.has(settled.type) ? settled.type : 'unknown';
    total.inc({ type, outcome: settled.outcome });
    if (settled.code !== undefined) refusals.inc({ type, code: settled.code });
    duration.observe({ type }, settled.ms / 1_000);
  };
};
