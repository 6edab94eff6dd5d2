import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fonts, showable } from './fonts.ts';
import { type InvoiceFacts, invoicePdf } from './invoice-pdf.ts';
import { type StatementFacts, statementPdf } from './statement-pdf.ts';

const labour = { name: '앞 브레이크 패드 교환', kind: 'labour', grade: null, qty: 1, hours: 1.5 } as const;
const facts: StatementFacts = {
  ...{ number: 'ST-25-000001', orderNumber: 'RO-25-000001', sha256: 'ab'.repeat(32) },
  workshop: {
    ...{ name: '가온오토케어 강남', businessNo: '123-45-67890', repairRegNo: '제2018-강남-0123호' },
    ...{ address: '서울 강남구 테헤란로 1', phone: '02-000-0001' },
  },
  vehicle: { plate: '12가3456', model: '현대 아반떼', modelYear: 2022, vin: 'KMHXX00XXXX900001' },
  ...{ customerName: '김하늘', requestedOn: '2025-06-30', completedOn: '2025-07-01', mechanicName: '박정비' },
  ...{ odometerInKm: 42_100, odometerOutKm: 42_108, completedAt: '2025-07-01T05:00:00.000Z' },
  lines: [
    { ...labour, unitKrw: 30_000, amountKrw: 45_000 },
    { name: '패드 (앞)', kind: 'part', grade: 'certifiedAlt', qty: 2, hours: null, unitKrw: 30_000, amountKrw: 60_000 },
  ],
  ...{ supplyKrw: 105_000, vatKrw: 10_500, totalKrw: 115_500, warrantyUntilOn: '2025-08-30' },
};
const invoice: InvoiceFacts = {
  ...{ number: 'INV-25-000001', kind: 'taxInvoice', sha256: 'a'.repeat(64) },
  seller: { name: '가온오토케어', businessNo: '123-45-67890', address: '서울' },
  buyer: { name: '한결물산', businessNo: '220-81-00001', address: '서울' },
  ...{ issuedOn: '2025-07-01', issuedAt: '2025-07-01T05:00:00.000Z', dueOn: '2025-07-31' },
  lines: [{ text: '정비', supplyKrw: 105_000, taxable: true }],
  ...{ supplyKrw: 105_000, vatKrw: 10_500, totalKrw: 115_500 },
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const pagesOf = (bytes: Buffer): number => bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

describe('documents as PDF', () => {
  it('are the same byte for byte whenever they are drawn up, and other in the other language', async () => {
    const one = await statementPdf(facts, 'ko');
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await statementPdf(structuredClone(facts), 'ko')).equals(one)).toBe(true);
    expect((await statementPdf(facts, 'en')).equals(one)).toBe(false);
    expect((await invoicePdf(invoice, 'ko')).equals(await invoicePdf(invoice, 'ko'))).toBe(true);
  });

  it('are the same in another process, in another time zone and language', async () => {
    const module = fileURLToPath(new URL('./statement-pdf.ts', import.meta.url));
    const program = `import { createHash } from 'node:crypto';
      const { statementPdf } = await import(${JSON.stringify(module)});
      const bytes = await statementPdf(${JSON.stringify(facts)}, 'ko');
      console.log(createHash('sha256').update(bytes).digest('hex'));`;
    const env = { ...process.env, TZ: 'America/New_York', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' };
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    expect(stdout.trim()).toBe(sha256(await statementPdf(facts, 'ko')));
  }, 30_000);

  it('have these bytes on every machine; a change of their look is made knowingly', async () => {
    expect([sha256(await statementPdf(facts, 'ko')), sha256(await invoicePdf(invoice, 'en'))]).toEqual([
      'e55e52ccbfe27ab6db39c25f816711f92f7df9c430d52298e70d2dce522a2530',
      '3c087487016bdfc2b4b6eae420b69b474e495de1535211c94e7500f71fdc054e',
    ]);
  });

  it('carry the glyphs they use and no more, and go on over pages with a number on each', async () => {
    const short = await statementPdf(facts, 'ko');
    expect(short.length).toBeLessThan(100_000);
    expect(fonts().regular.length).toBeGreaterThan(1_000_000);
    expect(pagesOf(short)).toBe(1);
    const lines = Array.from({ length: 200 }, (_, n) => ({ ...facts.lines[0]!, name: `작업 ${n}` }));
    expect(pagesOf(await statementPdf({ ...facts, lines }, 'ko'))).toBe(7);
  });

  it('hold a name of any length, and whatever it is written in', async () => {
    const customerName = '👨‍👩‍👧 김하늘\u200b 漢字 superlongname'.repeat(40);
    expect(pagesOf(await statementPdf({ ...facts, customerName }, 'ko'))).toBeLessThan(3);
  });
});

describe('text on paper', () => {
  it('is composed, on one line, and shows a box for each sign the font does not have', () => {
    const korean = (codePoint: number): boolean =>
      codePoint < 0x1_0000 && !/\p{Script=Han}/u.test(String.fromCodePoint(codePoint));
    expect(showable('가\u200b 나\n다\u0007\u202e라', korean)).toBe('가 나 다 라');
    expect(showable('각'.normalize('NFD'), korean)).toBe('각');
    expect(showable('👍🏽❤️漢', korean)).toBe('□❤□');
  });
});
