import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type NoticeProviders, noticeProblems, noticeProviders, noticeVariables } from './config-notices.ts';

/** Parts that may be missing; each has a stand-in, which production must allow by name (`CARGORO_ALLOW_FALLBACKS`). */
export const fallbackParts = ['eventstore', 'postgres', 'rabbitmq', 'redis', 'clerk'] as const;
export type FallbackPart = (typeof fallbackParts)[number];

const urlOf = (protocols: readonly string[], example: string) =>
  z
    .string()
    .refine(
      (value) => protocols.some((protocol) => value.startsWith(`${protocol}://`) && value.length > protocol.length + 3),
      {
        error: `must start with ${protocols.map((p) => `${p}://`).join(' or ')}, as ${example}`,
      },
    )
    .optional();

/** 32 bytes, as base64 or 64 hexadecimal digits. */
const MasterKey = z
  .string()
  .transform((value) => Buffer.from(value, /^[0-9a-f]{64}$/i.test(value) ? 'hex' : 'base64'))
  .refine((key) => key.length === 32, { error: 'must be 32 bytes, in base64 or as 64 hexadecimal digits' })
  .optional();

/** A PEM as one often gets it from a secret store: with `\n` spelled out. */
const Pem = z
  .string()
  .transform((value) => value.replaceAll('\\n', '\n').trim())
  .refine((value) => /^(-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----|[A-Za-z0-9+/=\s]+)$/.test(value), {
    error: 'must be the PEM public key of the Clerk instance',
  })
  .optional();

const Fallbacks = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.enum(fallbackParts, { error: `names must be among ${fallbackParts.join(', ')}` })));

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  EVENTSTORE_URL: urlOf(['esdb', 'esdb+discover', 'kurrentdb'], 'esdb://host:2113?tls=false'),
  DATABASE_URL: urlOf(['postgres', 'postgresql'], 'postgres://user:password@host:5432/cargoro'),
  DATABASE_REPLICA_URL: urlOf(['postgres', 'postgresql'], 'postgres://user:password@replica:5432/cargoro'),
  RABBITMQ_URL: urlOf(['amqp', 'amqps'], 'amqp://user:password@host:5672'),
  REDIS_URL: urlOf(['redis', 'rediss'], 'redis://host:6379'),
  ELASTICSEARCH_URL: urlOf(['http', 'https'], 'http://host:9200'),
  CLERK_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_.+/, 'must start with pk_test_ or pk_live_')
    .optional(),
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_(test|live)_.+/, 'must start with sk_test_ or sk_live_')
    .optional(),
  CLERK_JWT_KEY: Pem,
  /** Issuer of the Clerk instance; derived from the publishable key when absent. */
  CLERK_ISSUER: urlOf(['https', 'http'], 'https://clerk.example.com'),
  MASTER_KEY: MasterKey,
  S3_URL: urlOf(['s3', 'http', 'https'], 's3://key:secret@host/bucket'),
  SMTP_URL: urlOf(['smtp', 'smtps'], 'smtp://user:password@host:587'),
  ...noticeVariables,
  CARGORO_ALLOW_FALLBACKS: Fallbacks,
  /** Address the roles listen on. */
  CARGORO_HOST: z.string().optional(),
  /** Origin people reach the web at, for links and token checks. */
  CARGORO_WEB_ORIGIN: urlOf(['http', 'https'], 'https://app.example.com'),
  CARGORO_DATA_DIR: z.string().default('.cargoro'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type Config = {
  readonly production: boolean;
  readonly eventStoreUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly databaseReplicaUrl: string | undefined;
  /** Tried in turn; more than one only while nothing is configured. */
  readonly rabbitmqUrls: readonly string[];
  readonly redisUrls: readonly string[];
  readonly elasticsearchUrl: string | undefined;
  readonly clerk: {
    readonly publishableKey: string | undefined;
    readonly secretKey: string | undefined;
    readonly jwtKey: string | undefined;
    readonly issuer: string | undefined;
  };
  readonly masterKey: Buffer | undefined;
  readonly s3Url: string | undefined;
  readonly notices: NoticeProviders;
  readonly host: string;
  readonly webOrigin: string | undefined;
  /** Folder for everything CarGoro keeps on this machine. */
  readonly dataDir: string;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  /** May this part be missing, so that its stand-in is used? */
  readonly mayFallBack: (part: FallbackPart) => boolean;
};

/** The environment of this process with some variables set anew. */
export const environmentWith = (overrides: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...overrides,
});

/** Every problem of the environment, one per line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

const inContainer = (env: NodeJS.ProcessEnv): boolean =>
  env.KUBERNETES_SERVICE_HOST !== undefined || existsSync('/.dockerenv') || existsSync('/run/.containerenv');

/** Reads and checks the environment; throws ConfigError naming everything that is wrong with it. The only place that does. */
export const loadConfig = (env: NodeJS.ProcessEnv = process.env, container = inContainer(env)): Config => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Environment.safeParse(set);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`);
  if (!parsed.success) throw new ConfigError(problems);
  const known = parsed.data;
  const production = known.NODE_ENV === 'production';
  const mayFallBack = (part: FallbackPart) => !production || known.CARGORO_ALLOW_FALLBACKS.includes(part);

  const needed: readonly (readonly [FallbackPart, keyof typeof known])[] = [
    ['eventstore', 'EVENTSTORE_URL'],
    ['postgres', 'DATABASE_URL'],
    ['rabbitmq', 'RABBITMQ_URL'],
    ['redis', 'REDIS_URL'],
    ['clerk', 'CLERK_JWT_KEY'],
    ['clerk', 'CLERK_PUBLISHABLE_KEY'],
  ];
  const missing = needed
    .filter(([part, name]) => known[name] === undefined && !mayFallBack(part))
    .map(([part, name]) => `${name}: is needed in production, unless CARGORO_ALLOW_FALLBACKS names ${part}`);
  if (production && !known.MASTER_KEY)
    missing.push('MASTER_KEY: is needed in production; personal data is sealed with it');
  missing.push(...noticeProblems(known));
  if (missing.length > 0) throw new ConfigError(missing);

  const tried = (configured: string | undefined, scheme: string, service: string, port: number): readonly string[] => {
    if (configured) return [configured];
    if (production) return [];
    return (container ? [service, 'localhost'] : ['localhost']).map((host) => `${scheme}://${host}:${port}`);
  };
  return {
    production,
    eventStoreUrl: known.EVENTSTORE_URL,
    databaseUrl: known.DATABASE_URL,
    databaseReplicaUrl: known.DATABASE_REPLICA_URL,
    rabbitmqUrls: tried(known.RABBITMQ_URL, 'amqp', 'rabbitmq', 5672),
    redisUrls: tried(known.REDIS_URL, 'redis', 'redis', 6379),
    elasticsearchUrl: known.ELASTICSEARCH_URL,
    clerk: {
      publishableKey: known.CLERK_PUBLISHABLE_KEY,
      secretKey: known.CLERK_SECRET_KEY,
      jwtKey: known.CLERK_JWT_KEY,
      issuer: known.CLERK_ISSUER ?? issuerOf(known.CLERK_PUBLISHABLE_KEY),
    },
    masterKey: known.MASTER_KEY,
    s3Url: known.S3_URL,
    notices: noticeProviders(known, known.SMTP_URL),
    host: known.CARGORO_HOST ?? (container || production ? '0.0.0.0' : '127.0.0.1'),
    webOrigin: known.CARGORO_WEB_ORIGIN,
    dataDir: known.CARGORO_DATA_DIR,
    logLevel: known.LOG_LEVEL,
    mayFallBack,
  };
};

/** A publishable key is `pk_live_` and the base64 of the instance's host and a `$`. */
const issuerOf = (publishableKey: string | undefined): string | undefined => {
  if (!publishableKey) return undefined;
  const host = Buffer.from(publishableKey.replace(/^pk_(test|live)_/, ''), 'base64')
    .toString('utf8')
    .replace(/\$$/, '');
  return `https://${host}`;
};
