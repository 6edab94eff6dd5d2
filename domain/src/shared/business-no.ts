/** Korean business registration number (사업자등록번호): ten digits, the last of them a checksum. */
const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** The tenth digit for the first nine. */
export const businessNoCheckDigit = (firstNine: string): number => {
  const digits = [...firstNine].map(Number);
  const sum = digits.reduce((total, digit, i) => total + digit * (weights[i] ?? 0), 0);
  return (10 - ((sum + Math.floor(((digits[8] ?? 0) * 5) / 10)) % 10)) % 10;
};

/** The written form `000-00-00000` of a valid number typed with or without dashes; undefined when it is none. */
export const parseBusinessNo = (raw: string): string | undefined => {
  const digits = raw.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits) || businessNoCheckDigit(digits.slice(0, 9)) !== Number(digits[9])) return undefined;
  return `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
};
