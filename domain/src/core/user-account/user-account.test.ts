import { describe, expect, it } from 'vitest';
import { checkLaws, given } from '../../kit/testing.ts';
import { defaultNoticeChoice } from './notices.ts';
import { consentOf, isTransportInsured, mayDrive, noticeChoiceOf, UserAccount } from './user-account.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const userId = id(1);
const hash = (c: string) => c.repeat(64);
const register = {
  ...{ userId, emailHash: hash('a'), personRef: 'person-1', locale: 'ko' },
  person: { name: '김하늘', phone: '010-0000-1234', email: 'haneul@example.com' },
};
const factor = (n: number) => ({ userId, factorId: id(n), kind: 'totp' });
const consent = { userId, kind: 'location', version: '2025-01', granted: true };
const licence = { userId, licenceClass: 'class1Ordinary', numberHash: hash('b'), validTo: '2025-06-30' };
const insurance = { userId, insurer: '가온화재', policyHash: hash('c'), validTo: '2025-06-30' };
const erase = { userId, requestId: id(9) };

const pending = given(UserAccount).when('RegisterUser', register).emits('UserRegistered');
const step = (events: typeof pending, type: string, input: Record<string, unknown>, ...emitted: string[]) => [
  ...events,
  ...given(UserAccount, ...events)
    .when(type, input)
    .emits(...emitted),
];
const active = step(pending, 'VerifyUser', { userId, method: 'email' }, 'UserVerified');
const suspended = step(active, 'SuspendUser', { userId, reasonCode: 'abuse' }, 'UserSuspended');
const erased = step(active, 'EraseUser', erase, 'UserErased');

describe('UserAccount', () => {
  it('is opened under an e-mail address nobody else uses, and waits to be verified', () => {
    const { decision } = given(UserAccount).when('RegisterUser', register);
    expect(decision.ok && decision.before).toMatchObject([
      { aggregate: 'Claim', type: 'HoldClaim', data: { kind: 'email', value: hash('a') }, refusal: 'EMAIL_TAKEN' },
    ]);
    expect(given(UserAccount).when('RegisterUser', register).state().status).toBe('pending');
    given(UserAccount, ...pending)
      .when('RegisterUser', register)
      .refuses('ALREADY_EXISTS');
  });

  it('marks name and contact as personal, and reads them as null once they are erased', () => {
    expect(UserAccount.events.UserRegistered.personal).toEqual({ person: 'personRef' });
    const opened = { ...pending[0]?.data, person: null };
    expect(UserAccount.events.UserRegistered.schema.parse(opened).person).toBeNull();
    expect(JSON.stringify(given(UserAccount).when('RegisterUser', register).state())).not.toContain('하늘');
  });

  it('is verified once', () => {
    expect(
      given(UserAccount, ...pending)
        .when('VerifyUser', { userId, method: 'email' })
        .state().status,
    ).toBe('active');
    given(UserAccount, ...active)
      .when('VerifyUser', { userId, method: 'email' })
      .refuses('NOT_PENDING');
  });

  it('keeps at least one sign-in factor while the person holds a managing role', () => {
    const one = step(active, 'EnrolFactor', factor(1), 'FactorEnrolled');
    const two = step(one, 'EnrolFactor', factor(2), 'FactorEnrolled');
    const remove = { userId, factorId: id(1) };
    const manager = { counts: { privilegedRolesOfUser: 1 } };
    given(UserAccount, ...one)
      .when('RemoveFactor', remove, manager)
      .refuses('LAST_FACTOR_OF_PRIVILEGED_USER');
    given(UserAccount, ...one)
      .when('RemoveFactor', remove)
      .emits('FactorRemoved');
    given(UserAccount, ...two)
      .when('RemoveFactor', remove, manager)
      .emits('FactorRemoved');
    given(UserAccount, ...active)
      .when('RemoveFactor', remove)
      .refuses('FACTOR_UNKNOWN');
    given(UserAccount, ...one)
      .when('EnrolFactor', factor(1))
      .emits();
    const left = step(two, 'RemoveFactor', remove, 'FactorRemoved');
    given(UserAccount, ...left)
      .when('RemoveFactor', { ...remove, factorId: id(2) }, manager)
      .refuses('LAST_FACTOR_OF_PRIVILEGED_USER');
  });

  it('records consents to texts that exist, and their withdrawal', () => {
    given(UserAccount, ...active)
      .when('RecordConsent', { ...consent, version: '1999-01' })
      .refuses('VERSION_UNKNOWN');
    const agreed = step(active, 'RecordConsent', consent, 'ConsentRecorded');
    expect(
      consentOf(
        given(UserAccount, ...agreed)
          .when('RecordConsent', consent)
          .state(),
        'location',
      ),
    ).toBe('2025-01');
    given(UserAccount, ...agreed)
      .when('RecordConsent', consent)
      .emits();
    const withdrawn = given(UserAccount, ...agreed)
      .when('RecordConsent', { ...consent, granted: false })
      .state();
    expect(consentOf(withdrawn, 'location')).toBeUndefined();
    given(UserAccount, ...suspended)
      .when('RecordConsent', { ...consent, granted: false })
      .emits('ConsentRecorded');
  });

  it('records a licence and an insurance that are still valid on the day, in Seoul', () => {
    // 30 June 23:59 in Seoul, then 1 July 00:00.
    const lastMinute = { now: '2025-06-30T14:59:00.000Z' };
    const midnight = { now: '2025-06-30T15:00:00.000Z' };
    const withLicence = given(UserAccount, ...active)
      .when('RecordLicence', licence, lastMinute)
      .state();
    expect([mayDrive(withLicence, '2025-06-30'), mayDrive(withLicence, '2025-07-01')]).toEqual([true, false]);
    given(UserAccount, ...active)
      .when('RecordLicence', licence, midnight)
      .refuses('ALREADY_EXPIRED');
    const insured = given(UserAccount, ...active)
      .when('RecordTransportInsurance', insurance, lastMinute)
      .state();
    expect([isTransportInsured(insured, '2025-06-30'), isTransportInsured(insured, '2025-07-01')]).toEqual([
      true,
      false,
    ]);
    given(UserAccount, ...active)
      .when('RecordTransportInsurance', insurance, midnight)
      .refuses('ALREADY_EXPIRED');
    expect(mayDrive(insured, '2025-06-30')).toBe(false);
  });

  it('is suspended by somebody else and reinstated', () => {
    const own = { actor: { kind: 'user', id: userId, role: 'PLATFORM_ADMIN' } } as const;
    const suspend = { userId, reasonCode: 'abuse' };
    given(UserAccount, ...active)
      .when('SuspendUser', suspend, own)
      .refuses('SELF_SUSPEND');
    given(UserAccount, ...pending)
      .when('SuspendUser', suspend)
      .refuses('NOT_ACTIVE');
    given(UserAccount, ...suspended)
      .when('SuspendUser', suspend)
      .refuses('NOT_ACTIVE');
    expect(
      given(UserAccount, ...suspended)
        .when('ReinstateUser', { userId })
        .state().status,
    ).toBe('active');
    given(UserAccount, ...active)
      .when('ReinstateUser', { userId })
      .refuses('WRONG_STATE');
  });

  it('erases a person who owes nothing and whom no law holds, and frees the e-mail address', () => {
    given(UserAccount, ...active)
      .when('EraseUser', erase, { counts: { openObligationsOfUser: 1 } })
      .refuses('OPEN_OBLIGATIONS');
    given(UserAccount, ...active)
      .when('EraseUser', erase, { counts: { legalHoldsOfUser: 1 } })
      .refuses('LEGAL_HOLD');
    given(UserAccount, ...pending)
      .when('EraseUser', erase)
      .refuses('WRONG_STATE');
    const { decision } = given(UserAccount, ...suspended).when('EraseUser', erase);
    expect(decision.ok && decision.events[0]?.data).toMatchObject({
      personRef: 'person-1',
      keyDestroyedAt: '2025-06-30T01:00:00.000Z',
    });
    expect(decision.ok && decision.after).toMatchObject([
      { type: 'ReleaseClaim', data: { kind: 'email', value: hash('a') } },
    ]);
    expect(
      given(UserAccount, ...active)
        .when('EraseUser', erase)
        .state(),
    ).toEqual({ status: 'erased' });
    for (const [type, input] of [
      ['EraseUser', erase],
      ['RecordConsent', consent],
      ['ReinstateUser', { userId }],
    ] as const)
      given(UserAccount, ...erased)
        .when(type, input)
        .refuses('WRONG_STATE');
  });

  it('is told by push and mail until the person chooses, and of nothing once suspended or erased', () => {
    const choose = { userId, channels: ['sms'], quietHours: { from: 0, until: 60 } };
    const folded = (events: typeof pending) =>
      given(UserAccount, ...events)
        .when('RecordConsent', consent)
        .state();
    expect(noticeChoiceOf(folded(pending))).toEqual(defaultNoticeChoice);
    const chosen = step(active, 'ChooseNotices', choose, 'NoticesChosen');
    expect(noticeChoiceOf(folded(chosen))).toEqual({ channels: ['sms'], quietHours: { from: 0, until: 60 } });
    expect(noticeChoiceOf(folded(suspended))).toBeUndefined();
    expect(noticeChoiceOf({ status: 'erased' })).toBeUndefined();
  });

  it('keeps the laws', () =>
    checkLaws(UserAccount, {
      samples: {
        RegisterUser: [register],
        RecordConsent: [consent, { ...consent, granted: false }],
        RecordLicence: [licence],
        RecordTransportInsurance: [insurance],
        RemoveFactor: [{ userId, factorId: id(1) }],
      },
    }));
});
