/** Vehicle identification number (ISO 3779): 17 characters, never I, O or Q, which look like digits. */
export const normaliseVin = (raw: string): string => raw.trim().toUpperCase();

export const isVin = (vin: string): boolean => /^[A-HJ-NPR-Z0-9]{17}$/.test(vin);
