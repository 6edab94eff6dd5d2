/** Structured logs: one JSON object per line on standard output, errors on standard error. */
export const logLine = (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), level: 'info', name: 'eventstore', event, ...fields })}\n`,
  );
};

export const logError = (event: string, reason: unknown, fields: Readonly<Record<string, unknown>> = {}): void => {
  const message = reason instanceof Error ? reason.message : String(reason);
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level: 'error', name: 'eventstore', event, message, ...fields })}\n`,
  );
};
