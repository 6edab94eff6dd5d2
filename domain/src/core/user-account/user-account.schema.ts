import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Day, Id, Line, Sha256 } from '../../shared/values.ts';
import { NoticeChoice } from './notices.ts';

const userId = Id;
/** Name and contact, sealed under the person's own key: null once the person is erased. */
export const Person = z
  .object({
    name: Line,
    phone: z
      .string()
      .regex(/^[0-9+][0-9 -]{6,18}$/, 'Use digits, such as 010-0000-0000')
      .optional(),
    email: z.email().max(200).optional(),
  })
  .meta({ id: 'Person' });
export const FactorKind = z.enum(['totp', 'passkey', 'sms']).meta({ id: 'FactorKind' });
export const ConsentKind = z.enum(['terms', 'privacy', 'location', 'marketing']).meta({ id: 'ConsentKind' });
/** 제1종 대형·보통·특수·소형, 제2종 보통·소형·원동기. */
export const LicenceClass = z
  .enum([
    'class1Large',
    'class1Ordinary',
    'class1Special',
    'class1Small',
    'class2Ordinary',
    'class2Small',
    'class2Moped',
  ])
  .meta({ id: 'LicenceClass' });

const Register = z.object({
  userId,
  /** SHA-256 of the e-mail address in lower case. */
  emailHash: Sha256,
  /** Names the person's key in the vault; erasing a person destroys that key. */
  personRef: Code,
  locale: z.enum(['ko', 'en']).meta({ id: 'UserLocale' }),
});
const Verify = z.object({
  userId,
  method: z.enum(['email', 'phone', 'document', 'inPerson']).meta({ id: 'VerifyMethod' }),
});
const Factor = z.object({ userId, factorId: Id, kind: FactorKind });
const FactorRef = z.object({ userId, factorId: Id });
const Consent = z.object({ userId, kind: ConsentKind, version: Code, granted: z.boolean() });
const Choice = NoticeChoice.extend({ userId });
const Licence = z.object({ userId, licenceClass: LicenceClass, numberHash: Sha256, validTo: Day });
const Insurance = z.object({ userId, insurer: Line, policyHash: Sha256, validTo: Day });
const Suspend = z.object({ userId, reasonCode: Code });
const Erase = z.object({ userId, requestId: Id });

const self = allow(['ANYONE'], 'self');
const platform = allowAny('PLATFORM_ADMIN');
const known = ['pending', 'active'] as const;
const present = ['pending', 'active', 'suspended'] as const;

export const commands = {
  RegisterUser: command({
    label: text('가입하기', 'Sign up'),
    doc: text('회원 계정을 만듭니다.', 'Opens a person’s account.'),
    by: [self, platform],
    in: ['none'],
    emits: ['UserRegistered'],
    refuses: ['EMAIL_TAKEN'],
    input: Register.extend({ person: Person.optional() }),
  }),
  VerifyUser: command({
    label: text('본인 확인하기', 'Verify'),
    doc: text('본인 확인을 마쳐 계정을 활성화합니다.', 'Confirms who the person is and activates the account.'),
    by: [allowAny('PLATFORM_ADMIN', 'PLATFORM_SUPPORT')],
    in: ['pending'],
    otherwise: 'NOT_PENDING',
    emits: ['UserVerified'],
    input: Verify,
  }),
  EnrolFactor: command({
    label: text('인증 수단 등록하기', 'Add a sign-in factor'),
    doc: text('추가 인증 수단을 등록합니다.', 'Adds a second factor for signing in.'),
    by: [self],
    in: known,
    emits: ['FactorEnrolled'],
    input: Factor,
  }),
  RemoveFactor: command({
    label: text('인증 수단 삭제하기', 'Remove a sign-in factor'),
    doc: text('추가 인증 수단을 삭제합니다.', 'Removes a second factor.'),
    by: [self, platform],
    in: known,
    emits: ['FactorRemoved'],
    refuses: ['FACTOR_UNKNOWN', 'LAST_FACTOR_OF_PRIVILEGED_USER'],
    input: FactorRef,
  }),
  RecordConsent: command({
    label: text('동의 기록하기', 'Record consent'),
    doc: text('약관 동의 또는 철회를 기록합니다.', 'Records that a consent was given or withdrawn.'),
    by: [self],
    in: present,
    emits: ['ConsentRecorded'],
    refuses: ['VERSION_UNKNOWN'],
    input: Consent,
  }),
  ChooseNotices: command({
    label: text('알림 받는 방법 정하기', 'Choose how to be notified'),
    doc: text(
      '알림을 받을 수단과 방해 금지 시간을 정합니다.',
      'Says by which means notices reach the person, and at which hours nothing rings.',
    ),
    by: [self],
    in: present,
    emits: ['NoticesChosen'],
    input: Choice,
  }),
  RecordLicence: command({
    label: text('운전면허 등록하기', 'Record driving licence'),
    doc: text('운전면허의 종류와 유효 기간을 기록합니다.', 'Records the class and validity of a driving licence.'),
    by: [self, platform],
    in: known,
    emits: ['LicenceRecorded'],
    refuses: ['ALREADY_EXPIRED'],
    input: Licence,
  }),
  RecordTransportInsurance: command({
    label: text('탁송 보험 등록하기', 'Record transport insurance'),
    doc: text('탁송 보험의 유효 기간을 기록합니다.', 'Records the validity of a driver’s transport insurance.'),
    by: [self, platform],
    in: known,
    emits: ['TransportInsuranceRecorded'],
    refuses: ['ALREADY_EXPIRED'],
    input: Insurance,
  }),
  SuspendUser: command({
    label: text('이용 정지하기', 'Suspend'),
    doc: text('계정 이용을 정지합니다.', 'Suspends an account.'),
    by: [platform],
    in: ['active'],
    otherwise: 'NOT_ACTIVE',
    emits: ['UserSuspended'],
    refuses: ['SELF_SUSPEND'],
    input: Suspend,
  }),
  ReinstateUser: command({
    label: text('이용 정지 해제하기', 'Reinstate'),
    doc: text('정지된 계정을 다시 활성화합니다.', 'Makes a suspended account active again.'),
    by: [platform],
    in: ['suspended'],
    emits: ['UserReinstated'],
    input: z.object({ userId }),
  }),
  RequestErasure: command({
    label: text('개인정보 삭제 요청하기', 'Ask for erasure'),
    doc: text(
      '개인정보 삭제를 요청합니다. 남은 거래나 보존 의무가 끝나는 대로 지웁니다.',
      'Asks for erasure, which happens as soon as no open business or legal duty stands against it.',
    ),
    by: [self, platform],
    in: ['active', 'suspended'],
    emits: ['ErasureRequested'],
    input: Erase,
  }),
  EraseUser: command({
    label: text('개인정보 삭제하기', 'Erase personal data'),
    doc: text(
      '개인 열쇠를 폐기하여 개인정보를 되돌릴 수 없게 지웁니다.',
      'Destroys the person’s key, so that personal data can never be read again.',
    ),
    by: [self, platform],
    in: ['active', 'suspended'],
    emits: ['UserErased'],
    refuses: ['LEGAL_HOLD', 'OPEN_OBLIGATIONS'],
    input: Erase,
  }),
};

export const events = {
  UserRegistered: event(Register.extend({ person: Person.nullish(), parties: z.array(Party) }), {
    personal: { person: 'personRef' },
  }),
  UserVerified: event(Verify),
  FactorEnrolled: event(Factor),
  FactorRemoved: event(FactorRef),
  ConsentRecorded: event(Consent),
  NoticesChosen: event(Choice),
  LicenceRecorded: event(Licence),
  TransportInsuranceRecorded: event(Insurance),
  UserSuspended: event(Suspend),
  UserReinstated: event(z.object({ userId })),
  ErasureRequested: event(Erase),
  /** Whoever reacts to it destroys the key of `personRef`. */
  UserErased: event(Erase.extend({ personRef: Code, keyDestroyedAt: DateTime })),
};
