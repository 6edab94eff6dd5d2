import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    loadConfig(env, false);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};
const production = {
  NODE_ENV: 'production',
  EVENTSTORE_URL: 'esdb+discover://a,b,c:2113',
  DATABASE_URL: 'postgres://db/cargoro',
  RABBITMQ_URL: 'amqp://mq',
  REDIS_URL: 'redis://cache',
  CLERK_PUBLISHABLE_KEY: `pk_live_${Buffer.from('clerk.example.com$').toString('base64')}`,
  CLERK_JWT_KEY: '-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----',
  MASTER_KEY: 'ab'.repeat(32),
};

describe('the environment', () => {
  it('may be empty in development: local servers are tried', () => {
    const config = loadConfig({}, false);
    expect(config.rabbitmqUrls).toEqual(['amqp://localhost:5672']);
    expect(config.redisUrls).toEqual(['redis://localhost:6379']);
    expect(config.host).toBe('127.0.0.1');
    expect(config.mayFallBack('rabbitmq')).toBe(true);
  });

  it('in a container tries the services by their names first', () => {
    expect(loadConfig({}, true).rabbitmqUrls).toEqual(['amqp://rabbitmq:5672', 'amqp://localhost:5672']);
  });

  it('treats an empty variable as unset', () => {
    expect(loadConfig({ REDIS_URL: ' ', DATABASE_URL: '' }, false).databaseUrl).toBeUndefined();
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://x',
      RABBITMQ_URL: 'localhost',
      MASTER_KEY: 'short',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'DATABASE_URL',
      'RABBITMQ_URL',
      'MASTER_KEY',
      'LOG_LEVEL',
    ]);
  });

  it('takes the providers of notices, each whole or not at all', () => {
    const vapid = {
      WEB_PUSH_PUBLIC_KEY: Buffer.alloc(65, 4).toString('base64url'),
      WEB_PUSH_PRIVATE_KEY: Buffer.alloc(32, 5).toString('base64url'),
      WEB_PUSH_SUBJECT: 'mailto:help@example.com',
    };
    const sms = { SMS_URL: 'https://sms.example.com/send', SMS_FROM: '02-000-0000' };
    const { notices } = loadConfig({ ...vapid, ...sms, SMTP_URL: 'smtp://u:p@mail.example.com' }, false);
    expect(notices.smtp?.from).toBe('CarGoro <no-reply@mail.example.com>');
    expect(notices.sms).toEqual({ url: sms.SMS_URL, token: undefined, from: sms.SMS_FROM });
    expect(notices.webPush?.subject).toBe('mailto:help@example.com');
    expect(loadConfig({}, false).notices).toEqual({ smtp: undefined, sms: undefined, webPush: undefined });
    const named = (env: NodeJS.ProcessEnv) => problemsOf(env).map((problem) => problem.split(':')[0]);
    expect(named({ SMS_URL: sms.SMS_URL, WEB_PUSH_SUBJECT: 'mailto:help@example.com' })).toEqual([
      'SMS_FROM',
      'WEB_PUSH_PUBLIC_KEY',
      'WEB_PUSH_PRIVATE_KEY',
    ]);
    expect(named({ WEB_PUSH_PUBLIC_KEY: 'short', WEB_PUSH_SUBJECT: 'me', SMS_URL: 'ftp://x' })).toEqual([
      'SMS_URL',
      'WEB_PUSH_PUBLIC_KEY',
      'WEB_PUSH_SUBJECT',
    ]);
  });

  it('in production needs every part, or leave by name to do without', () => {
    expect(problemsOf(production)).toEqual([]);
    const { RABBITMQ_URL: _, REDIS_URL: __, ...without } = production;
    expect(problemsOf(without)).toEqual([
      'RABBITMQ_URL: is needed in production, unless CARGORO_ALLOW_FALLBACKS names rabbitmq',
      'REDIS_URL: is needed in production, unless CARGORO_ALLOW_FALLBACKS names redis',
    ]);
    expect(problemsOf({ ...without, CARGORO_ALLOW_FALLBACKS: 'rabbitmq, redis' })).toEqual([]);
    expect(problemsOf({ ...without, CARGORO_ALLOW_FALLBACKS: 'rabbit' })[0]).toContain(
      'CARGORO_ALLOW_FALLBACKS: names must be among',
    );
    const { MASTER_KEY: ___, ...keyless } = production;
    expect(problemsOf({ ...keyless, CARGORO_ALLOW_FALLBACKS: 'clerk' })[0]).toContain('MASTER_KEY');
  });

  it('reads a PEM with its line ends spelled out, and the issuer from the publishable key', () => {
    const { clerk } = loadConfig(production, false);
    expect(clerk.jwtKey).toBe('-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----');
    expect(clerk.issuer).toBe('https://clerk.example.com');
  });

  it('takes the master key in hexadecimal or base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(loadConfig({ MASTER_KEY: key.toString('hex') }, false).masterKey).toEqual(key);
    expect(loadConfig({ MASTER_KEY: key.toString('base64') }, false).masterKey).toEqual(key);
  });
});
