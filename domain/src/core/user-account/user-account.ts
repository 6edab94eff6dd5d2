import type { z } from 'zod';
import { accept, claiming, defineAggregate, reject, releasing, seoulDay, text, user } from '../../kit/index.ts';
import { type ConsentKind, isConsentVersion } from './consents.ts';
import { defaultNoticeChoice, type NoticeChoice } from './notices.ts';
import { moves } from './user-account.moves.ts';
import { commands, events } from './user-account.schema.ts';

const refusals = {
  EMAIL_TAKEN: text('이미 가입된 이메일입니다.', 'This e-mail address has an account already.'),
  NOT_PENDING: text('본인 확인을 기다리는 계정이 아닙니다.', 'The account is not waiting to be verified.'),
  LAST_FACTOR_OF_PRIVILEGED_USER: text(
    '관리 권한이 있는 회원은 인증 수단을 하나 이상 유지해야 합니다.',
    'A person with a managing role keeps at least one sign-in factor.',
  ),
  FACTOR_UNKNOWN: text('등록되지 않은 인증 수단입니다.', 'There is no such sign-in factor.'),
  VERSION_UNKNOWN: text('알 수 없는 약관 버전입니다.', 'This text has no such version.'),
  ALREADY_EXPIRED: text('유효 기간이 이미 지났습니다.', 'It has expired already.'),
  SELF_SUSPEND: text('자신의 계정은 정지할 수 없습니다.', 'Nobody suspends their own account.'),
  NOT_ACTIVE: text('활성 상태의 계정이 아닙니다.', 'The account is not active.'),
  OPEN_OBLIGATIONS: text(
    '진행 중인 거래나 미납 금액이 있어 삭제할 수 없습니다.',
    'There is open business or money owed, so the person cannot be erased yet.',
  ),
  LEGAL_HOLD: text('법적 보존 의무가 있어 삭제할 수 없습니다.', 'The law asks to keep this person’s records for now.'),
} as const;

type FactorKind = z.infer<typeof events.FactorEnrolled.schema>['kind'];
type Licence = Omit<z.infer<typeof events.LicenceRecorded.schema>, 'userId'>;
type Insurance = Omit<z.infer<typeof events.TransportInsuranceRecorded.schema>, 'userId'>;
type Consent = { readonly version: string; readonly granted: boolean };
type Account = {
  readonly userId: string;
  readonly emailHash: string;
  readonly personRef: string;
  readonly locale: 'ko' | 'en';
  readonly factors: Readonly<Record<string, FactorKind>>;
  readonly consents: Readonly<Partial<Record<ConsentKind, Consent>>>;
  readonly notices?: NoticeChoice;
  readonly licence?: Licence;
  readonly transportInsurance?: Insurance;
  /** The request for erasure that waits to be done. */
  readonly erasureId?: string;
};
export type UserAccountState =
  | { readonly status: 'none' | 'erased' }
  | ({ readonly status: 'pending' | 'active' | 'suspended' } & Account);
type Live = Extract<UserAccountState, Account>;

export const UserAccount = defineAggregate<UserAccountState>()({
  name: 'UserAccount',
  category: 'user',
  context: 'core',
  doc: text('회원 계정', 'A person’s account'),
  id: 'userId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    RegisterUser: (_state, data) =>
      claiming(accept({ type: 'UserRegistered', data: { ...data, parties: [user(data.userId, 'self')] } }), {
        kind: 'email',
        value: data.emailHash,
        holder: data.userId,
        refusal: 'EMAIL_TAKEN',
      }),
    VerifyUser: (_state, data) => accept({ type: 'UserVerified', data }),
    EnrolFactor: (state, data) =>
      data.factorId in state.factors ? accept() : accept({ type: 'FactorEnrolled', data }),
    RemoveFactor: (state, data, ctx) => {
      if (!(data.factorId in state.factors)) return reject('FACTOR_UNKNOWN');
      const isLast = Object.keys(state.factors).length === 1;
      return isLast && ctx.count('privilegedRolesOfUser', data.userId) > 0
        ? reject('LAST_FACTOR_OF_PRIVILEGED_USER')
        : accept({ type: 'FactorRemoved', data });
    },
    RecordConsent: (state, data) => {
      if (!isConsentVersion(data.kind, data.version)) return reject('VERSION_UNKNOWN');
      const given = state.consents[data.kind];
      return given?.version === data.version && given.granted === data.granted
        ? accept()
        : accept({ type: 'ConsentRecorded', data });
    },
    ChooseNotices: (_state, data) => accept({ type: 'NoticesChosen', data }),
    RecordLicence: (_state, data, ctx) =>
      data.validTo < seoulDay(ctx.now) ? reject('ALREADY_EXPIRED') : accept({ type: 'LicenceRecorded', data }),
    RecordTransportInsurance: (_state, data, ctx) =>
      data.validTo < seoulDay(ctx.now)
        ? reject('ALREADY_EXPIRED')
        : accept({ type: 'TransportInsuranceRecorded', data }),
    SuspendUser: (_state, data, ctx) =>
      ctx.actor.id === data.userId ? reject('SELF_SUSPEND') : accept({ type: 'UserSuspended', data }),
    ReinstateUser: (_state, data) => accept({ type: 'UserReinstated', data }),
    // Asked again it is one request still.
    RequestErasure: (state, data) =>
      state.erasureId === undefined ? accept({ type: 'ErasureRequested', data }) : accept(),
    EraseUser: (state, data, ctx) => {
      if (ctx.count('openObligationsOfUser', data.userId) > 0) return reject('OPEN_OBLIGATIONS');
      if (ctx.count('legalHoldsOfUser', data.userId) > 0) return reject('LEGAL_HOLD');
      const { personRef, emailHash } = state;
      return releasing(accept({ type: 'UserErased', data: { ...data, personRef, keyDestroyedAt: ctx.now } }), {
        kind: 'email',
        value: emailHash,
        holder: data.userId,
      });
    },
  },
  evolve: {
    UserRegistered: (_state, { userId, emailHash, personRef, locale }) => ({
      status: 'pending',
      userId,
      emailHash,
      personRef,
      locale,
      factors: {},
      consents: {},
    }),
    UserVerified: (state) => ({ ...alive(state), status: 'active' }),
    FactorEnrolled: (state, { factorId, kind }) => {
      const account = alive(state);
      return { ...account, factors: { ...account.factors, [factorId]: kind } };
    },
    FactorRemoved: (state, { factorId }) => {
      const account = alive(state);
      const { [factorId]: _, ...factors } = account.factors;
      return { ...account, factors };
    },
    ConsentRecorded: (state, { kind, version, granted }) => {
      const account = alive(state);
      return { ...account, consents: { ...account.consents, [kind]: { version, granted } } };
    },
    NoticesChosen: (state, { userId: _, ...notices }) => ({ ...alive(state), notices }),
    LicenceRecorded: (state, { userId: _, ...licence }) => ({ ...alive(state), licence }),
    TransportInsuranceRecorded: (state, { userId: _, ...transportInsurance }) => ({
      ...alive(state),
      transportInsurance,
    }),
    UserSuspended: (state) => ({ ...alive(state), status: 'suspended' }),
    UserReinstated: (state) => ({ ...alive(state), status: 'active' }),
    ErasureRequested: (state, { requestId }) => ({ ...alive(state), erasureId: requestId }),
    UserErased: () => ({ status: 'erased' }),
  },
});

/** Nothing follows an erasure in a stream, so every other event finds the account alive. */
const alive = (state: UserAccountState): Live => state as Live;

/** Holds a driving licence that is valid on that day, `2025-06-30`. */
export const mayDrive = (state: UserAccountState, on: string): boolean =>
  'licence' in state && state.licence !== undefined && state.licence.validTo >= on;

/** Holds transport insurance (탁송) that is valid on that day. */
export const isTransportInsured = (state: UserAccountState, on: string): boolean =>
  'transportInsurance' in state && state.transportInsurance !== undefined && state.transportInsurance.validTo >= on;

/** The version of a text the person agrees to now, if any. */
export const consentOf = (state: UserAccountState, kind: ConsentKind): string | undefined => {
  const consent = 'consents' in state ? state.consents[kind] : undefined;
  return consent?.granted ? consent.version : undefined;
};

/** How the person wants to hear of things; undefined when there is nobody to tell. */
export const noticeChoiceOf = (state: UserAccountState): NoticeChoice | undefined =>
  'personRef' in state && state.status !== 'suspended' ? (state.notices ?? defaultNoticeChoice) : undefined;
