import { b1 } from './b1.ts';
import { b3 } from './b3.ts';
import { b5 } from './b5.ts';

export const suites = [b1, b3, b5];
