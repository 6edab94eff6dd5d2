import { b1 } from './b1.ts';

export const suites = [b1];
