import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessNoCheckDigit, parseBusinessNo } from './business-no.ts';
import { needsLightGreenPlate, parsePlate, plateLetters } from './plate.ts';
import { isVin, normaliseVin } from './vin.ts';

describe('a number plate', () => {
  it('tells the body by its digits', () => {
    const body = (digits: string) => parsePlate(`${digits}가3456`)?.body;
    expect(['01', '69', '100', '699'].map(body)).toEqual(['car', 'car', 'car', 'car']);
    expect(['70', '79', '700', '799'].map(body)).toEqual(['van', 'van', 'van', 'van']);
    expect(['80', '97', '800', '979'].map(body)).toEqual(['truck', 'truck', 'truck', 'truck']);
    expect(['98', '99', '980', '997'].map(body)).toEqual(['special', 'special', 'special', 'special']);
    expect(['00', '099', '998', '1', '1234'].map(body)).toEqual(Array(5).fill(undefined));
  });

  it('tells the use by its letter', () => {
    const usage = (letter: string) => parsePlate(`12${letter}3456`)?.usage;
    expect([...'가마거주'].map(usage)).toEqual(Array(4).fill('private'));
    expect([...'하허호'].map(usage)).toEqual(Array(3).fill('rental'));
    expect([...'아바사자배'].map(usage)).toEqual(Array(5).fill('commercial'));
    expect(parsePlate('80배1234')?.parcel).toBe(true);
    expect([...'카타파차김뷁'].map(usage)).toEqual(Array(6).fill(undefined));
    expect(plateLetters.private).toHaveLength(32);
  });

  it('is read as people type it, and nothing else is a plate', () => {
    expect(parsePlate(' 123가 4567')?.plate).toBe('123가4567');
    expect(parsePlate('12가3456'.normalize('NFD'))?.plate).toBe('12가3456');
    for (const wrong of ['', '가123456', '12가345', '12가34567', '12A3456', '12가0000', '서울12가3456'])
      expect(parsePlate(wrong)).toBeUndefined();
  });

  it('must be light green on a company’s car of 80 million won and more, since 2024', () => {
    const car = { ownedByOrg: true, body: 'car', acquisitionKrw: 80_000_000, firstRegisteredOn: '2024-01-01' } as const;
    expect(needsLightGreenPlate(car)).toBe(true);
    expect(needsLightGreenPlate({ ...car, acquisitionKrw: 79_999_999 })).toBe(false);
    expect(needsLightGreenPlate({ ...car, firstRegisteredOn: '2023-12-31' })).toBe(false);
    expect(needsLightGreenPlate({ ...car, ownedByOrg: false })).toBe(false);
    expect(needsLightGreenPlate({ ...car, body: 'truck' })).toBe(false);
  });
});

describe('a VIN', () => {
  it('has 17 characters and none that looks like a digit', () => {
    expect(isVin(normaliseVin(' kmhl14ja5pa900001 '))).toBe(true);
    for (const wrong of [
      'KMHL14JA5PA90000',
      'KMHL14JA5PA9000011',
      'IMHL14JA5PA900001',
      'KMHO14JA5PA900001',
      'KMHQ14JA5PA900001',
    ])
      expect(isVin(wrong)).toBe(false);
  });
});

describe('a business number', () => {
  it('ends in its checksum', () => {
    // A real number, published by its holder: the weights are not of our own making.
    expect(parseBusinessNo('124-81-00998')).toBe('124-81-00998');
    expect(parseBusinessNo('1248100998')).toBe('124-81-00998');
    expect(parseBusinessNo('124-81-00999')).toBeUndefined();
    expect(parseBusinessNo('124-81-0099')).toBeUndefined();
    expect(parseBusinessNo('abc-81-00998')).toBeUndefined();
  });

  it('has exactly one check digit', () => {
    const nine = fc.stringMatching(/^\d{9}$/);
    fc.assert(
      fc.property(nine, (digits) => {
        const valid = `${digits}${businessNoCheckDigit(digits)}`;
        expect(parseBusinessNo(valid)?.replaceAll('-', '')).toBe(valid);
        const wrong = `${digits}${(businessNoCheckDigit(digits) + 1) % 10}`;
        expect(parseBusinessNo(wrong)).toBeUndefined();
      }),
    );
  });
});
