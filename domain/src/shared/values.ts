import { z } from 'zod';

/** Value objects shared by all contexts. `.meta({ id })` names the GraphQL type or scalar. */
export const Id = z.uuid().meta({ id: 'Uuid' });
/** A moment in UTC; the years keep slips of the keyboard out. */
export const DateTime = z.iso
  .datetime({ error: 'Use UTC, such as 2025-06-30T05:00:00Z' })
  .refine((at) => at >= '1900' && at < '2200', { error: 'Use a year from 1900 to 2199' })
  .meta({ id: 'DateTime' });
/** A business day, `2025-06-30`, not before 1900: what is older is a slip of the keyboard. */
export const Day = z.iso
  .date()
  .refine((day) => day >= '1900-01-01' && day <= '2199-12-31', { error: 'Use a year from 1900 to 2199' })
  .meta({ id: 'Day' });
/** Integer won; KRW has no minor unit. */
export const Won = z.int().min(0).max(1_000_000_000_000).meta({ id: 'Won' });
/** Won that may be negative: discounts, balances. */
export const SignedWon = z.int().min(-1_000_000_000_000).max(1_000_000_000_000).meta({ id: 'SignedWon' });
export const Km = z.int().min(0).max(3_000_000).meta({ id: 'Km' });
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Use the 64 lower-case hex digits of a SHA-256')
  .meta({ id: 'Sha256' });

// Zero-width, control and bidirectional characters make two names look alike; they have no business in business text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;
const visible = (s: z.ZodString) =>
  s.trim().refine((value) => !invisible.test(value), { error: 'Remove invisible or control characters' });

/** One line: a name, a number, a reason. */
export const Line = visible(z.string().max(200)).refine((s) => s.length > 0, { error: 'Write something' });
/** Several lines: a complaint, a note. */
export const Prose = visible(z.string().max(4_000));
/** A short machine word: SERVICE codes, reason codes. */
export const Code = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'Use letters, digits and _ . : - only');
/** A human number in the input of a command with a `series`: left out, the next one is taken. Events hold a `Code`. */
export const SeriesNumber = Code.default('');

/** A file kept outside the log; the hash is the tamper evidence. */
export const FileRef = z
  .object({
    objectId: z.string().min(1).max(200),
    sha256: Sha256,
    bytes: z.int().min(1).max(50_000_000),
    takenAt: DateTime.optional(),
  })
  .meta({ id: 'FileRef' });
export type FileRef = z.infer<typeof FileRef>;

/** A document drawn up of a record and kept outside the log: a PDF in one language. */
export const FiledDocument = FileRef.pick({ objectId: true, sha256: true, bytes: true })
  .extend({ locale: z.enum(['ko', 'en']).meta({ id: 'DocumentLocale' }) })
  .meta({ id: 'FiledDocument' });
export type FiledDocument = z.infer<typeof FiledDocument>;
/** One of each language. */
export const FiledDocuments = z
  .array(FiledDocument)
  .min(1)
  .max(2)
  .refine((documents) => new Set(documents.map(({ locale }) => locale)).size === documents.length, {
    error: 'File one document of each language',
  });

export const Geo = z
  .object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
  .meta({ id: 'Geo' });

/** Owner (a person) or fleet (an organisation) on whose behalf something happens. */
export const Customer = z
  .object({ kind: z.enum(['owner', 'fleet']), id: z.string().min(1).max(64) })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof Customer>;

/** What people call a car; recorded in the events of other records, so that their history needs no look-up. */
export const VehicleCard = z
  .object({ plate: z.string(), make: z.string(), model: z.string(), modelYear: z.int() })
  .meta({ id: 'VehicleCard' });
export type VehicleCard = z.infer<typeof VehicleCard>;

export const sumOf = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);
/** VAT is taken once on the document total and rounded down to the won. */
export const vatOf = (taxableKrw: number): number => Math.floor(taxableKrw / 10);
