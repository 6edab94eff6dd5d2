import { b1 } from './b1.ts';
import { b3 } from './b3.ts';

export const suites = [b1, b3];
