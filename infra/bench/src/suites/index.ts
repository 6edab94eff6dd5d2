import { b1 } from './b1.ts';
import { b3 } from './b3.ts';
import { b5 } from './b5.ts';
import { b6 } from './b6.ts';
import { b8 } from './b8.ts';

export const suites = [b1, b3, b5, b6, b8];
