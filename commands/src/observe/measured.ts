import { Counter, Histogram, type Registry } from 'prom-client';
import type { CommandObserver } from '../types.ts';

/**
 * `cargoro_commands_total{type,outcome}`, `cargoro_command_duration_seconds{type}` and, by refusal or error code,
 * `cargoro_command_refusals_total{type,code}`. An unknown command counts as `unknown`, so labels stay bounded.
 */
export const measured = (registry: Registry, known: ReadonlySet<string>): CommandObserver => {
  const registers = [registry];
  const total = new Counter({
    name: 'cargoro_commands_total',
    help: 'Commands answered, by type and outcome',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'cargoro_command_refusals_total',
    help: 'Commands refused or failed, by type and code',
    labelNames: ['type', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'cargoro_command_duration_seconds',
    help: 'Time from receiving a command to its answer',
    labelNames: ['type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  return (settled) => {
    const type = known.has(settled.type) ? settled.type : 'unknown';
    total.inc({ type, outcome: settled.outcome });
    if (settled.code !== undefined) refusals.inc({ type, code: settled.code });
    duration.observe({ type }, settled.ms / 1_000);
  };
};
