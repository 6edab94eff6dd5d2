import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Never written to a log, at whatever depth up to three: secrets, and what identifies a person. */
const secrets = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey', 'masterKey', 'connectionString'];
const personal = [
  'name',
  'phone',
  'email',
  'address',
  'birthDate',
  'residentNo',
  'licenseNo',
  'signature',
  'plate',
  'vin',
  'lat',
  'lon',
];
const fields = [...secrets, ...personal];
const redacted = ['', '*.', '*.*.']
  .flatMap((path) => fields.map((field) => `${path}${field}`))
  .concat('req.headers["set-cookie"]');

/** User name and password of a connection string, wherever it appears in a text. */
export const withoutCredentials = (text: string): string => text.replace(/(\w+:\/\/)[^@/\s]+@/g, '$1***@');

/** JSON lines, one per event, with `time` in ISO 8601. */
export const createLogger = (
  options: { level?: string; role?: string; destination?: DestinationStream } = {},
): Logger => {
  const { level = 'info', role, destination } = options;
  const settings = {
    level,
    base: { ...(role && { role }), pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      err: (error: Error) => ({
        type: error.name,
        message: withoutCredentials(error.message),
        stack: error.stack && withoutCredentials(error.stack),
        ...(error.cause instanceof Error && { cause: withoutCredentials(error.cause.message) }),
      }),
    },
    redact: { paths: redacted, censor: '***' },
  };
  return destination ? pino(settings, destination) : pino(settings);
};
