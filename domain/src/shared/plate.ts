/**
 * Korean number plates: two or three digits, one letter, four digits (`12가3456`, `123가4567`). The digits tell the class
 * of the body, the letter what the car may be used for. Source: rule K13 of the domain book.
 */
export type PlateBody = 'car' | 'van' | 'truck' | 'special';
export type PlateUsage = 'private' | 'rental' | 'commercial';
export type Plate = {
  /** Without spaces: how plates are stored, compared and claimed. */
  readonly plate: string;
  readonly body: PlateBody;
  readonly letter: string;
  readonly usage: PlateUsage;
  /** 배: parcel delivery, a commercial use of its own. */
  readonly parcel: boolean;
};

export const plateLetters: Readonly<Record<PlateUsage, string>> = {
  private: '가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주',
  rental: '하허호',
  commercial: '아바사자배',
};

/** Highest class number of each body, for plates with two digits and with three. */
const classesUpTo: Readonly<Record<2 | 3, readonly (readonly [number, PlateBody])[]>> = {
  2: [
    [69, 'car'],
    [79, 'van'],
    [97, 'truck'],
    [99, 'special'],
  ],
  3: [
    [699, 'car'],
    [799, 'van'],
    [979, 'truck'],
    [997, 'special'],
  ],
};

export const normalisePlate = (raw: string): string => raw.normalize('NFC').replace(/[\s-]/g, '');

const bodyOf = (digits: string): PlateBody | undefined => {
  const number = Number(digits);
  if (number < (digits.length === 2 ? 1 : 100)) return undefined;
  return classesUpTo[digits.length === 2 ? 2 : 3].find(([upTo]) => number <= upTo)?.[1];
};

const usageOf = (letter: string): PlateUsage | undefined =>
  (Object.keys(plateLetters) as PlateUsage[]).find((usage) => plateLetters[usage].includes(letter));

/** Reads a plate as people type it; undefined when no such plate can exist. */
export const parsePlate = (raw: string): Plate | undefined => {
  const plate = normalisePlate(raw);
  const [, digits, letter, serial] = /^(\d{2,3})([가-힣])(\d{4})$/.exec(plate) ?? [];
  if (!digits || !letter || serial === '0000') return undefined;
  const body = bodyOf(digits);
  const usage = usageOf(letter);
  return body && usage ? { plate, body, letter, usage, parcel: letter === '배' } : undefined;
};

/** Since 2024 a company's passenger car bought for 80 million won or more carries a light-green plate (K9). */
export const needsLightGreenPlate = (car: {
  readonly ownedByOrg: boolean;
  readonly body: PlateBody;
  readonly acquisitionKrw: number;
  /** Day, `2024-01-01`. */
  readonly firstRegisteredOn: string;
}): boolean =>
  car.ownedByOrg && car.body === 'car' && car.acquisitionKrw >= 80_000_000 && car.firstRegisteredOn >= '2024-01-01';
