import { z } from 'zod';
import { dayOf } from './format.ts';

export type FieldKind = 'line' | 'prose' | 'number' | 'won' | 'km' | 'flag' | 'choice' | 'day' | 'moment' | 'json';
export type FieldSpec = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly initial: unknown;
};

const peel = (schema: z.ZodType): { bare: z.ZodType; required: boolean; initial: unknown; ids: readonly string[] } => {
  const ids = [schema.meta()?.id].filter((id) => typeof id === 'string');
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const inner = peel(schema.unwrap() as z.ZodType);
    return { ...inner, required: false, ids: [...ids, ...inner.ids] };
  }
  if (schema instanceof z.ZodDefault) {
    const inner = peel(schema.unwrap() as z.ZodType);
    return { ...inner, required: false, initial: schema.def.defaultValue, ids: [...ids, ...inner.ids] };
  }
  return { bare: schema, required: true, initial: undefined, ids };
};

const kindOf = (bare: z.ZodType, ids: readonly string[]): FieldKind => {
  if (ids.includes('Won') || ids.includes('SignedWon')) return 'won';
  if (ids.includes('Km')) return 'km';
  if (ids.includes('DateTime')) return 'moment';
  if (ids.includes('Day')) return 'day';
  if (bare instanceof z.ZodEnum) return 'choice';
  if (bare instanceof z.ZodBoolean) return 'flag';
  if (bare instanceof z.ZodNumber) return 'number';
  // Formats such as UUIDs are strings of classes of their own.
  if (bare.def.type === 'string') return ((bare as z.ZodString).maxLength ?? 0) > 300 ? 'prose' : 'line';
  return 'json';
};

/** The fields a form asks for, from the zod input of a command. Objects and lists are left to forms written for them. */
export const fieldsOf = (input: z.ZodObject): readonly FieldSpec[] =>
  Object.entries(input.shape).map(([name, schema]) => {
    const { bare, required, initial, ids } = peel(schema as z.ZodType);
    const kind = kindOf(bare, ids);
    return {
      name,
      kind,
      required: required && kind !== 'flag',
      choices: bare instanceof z.ZodEnum ? bare.options.map(String) : [],
      initial,
    };
  });

/** What stands in a control at first. Moments are shown as Seoul's clock. */
export const shown = (field: FieldSpec, value: unknown): string | boolean => {
  const given = value ?? field.initial;
  if (field.kind === 'flag') return given === true;
  if (given === undefined || given === null) return '';
  return field.kind === 'moment' ? localMoment(String(given)) : String(given);
};

/** What a control holds, as the command wants it; an empty control is an absent field. */
export const meant = (field: FieldSpec, raw: unknown): unknown => {
  if (field.kind === 'flag') return raw === true;
  const text = String(raw ?? '').trim();
  if (text === '') return field.required && field.kind === 'prose' ? '' : undefined;
  if (['number', 'won', 'km'].includes(field.kind)) return Number(text.replaceAll(',', ''));
  return field.kind === 'moment' ? fromLocalMoment(text) : text;
};

const clockIn = (at: string): string => new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(11, 16);
/** `2025-06-30T14:00`, as `datetime-local` holds it, in Seoul time. */
export const localMoment = (at: string): string => `${dayOf(at)}T${clockIn(at)}`;
export const fromLocalMoment = (local: string): string => new Date(`${local.slice(0, 16)}:00+09:00`).toISOString();
