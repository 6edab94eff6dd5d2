import { describe, expect, it } from 'vitest';
import { checkLaws, given } from '../../kit/testing.ts';
import { Notice } from './notice.ts';
import { filled, noticeTemplates } from './templates.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const request = { noticeId: id(1), template: 'partArrived', values: { partId: id(3) } };
const toDesk = { kind: 'org', id: id(2), roles: ['SERVICE_ADVISOR'] };
const asked = (to: object) => {
  const { decision } = given(Notice).when('RequestNotice', { ...request, to });
  if (!decision.ok) throw new Error(decision.code);
  return decision.events;
};

describe('Notice', () => {
  it('is seen by the organisation, the person or the platform it is addressed to', () => {
    expect(asked(toDesk)[0]?.data.parties).toEqual([{ kind: 'org', id: id(2), as: 'org' }]);
    expect(asked({ kind: 'user', id: id(4) })[0]?.data.parties).toEqual([{ kind: 'user', id: id(4), as: 'self' }]);
    expect(asked({ kind: 'role', role: 'PLATFORM_ADMIN' })[0]?.data.parties).toEqual([
      { kind: 'org', id: 'platform', as: 'platform' },
    ]);
  });
  it('knows its templates and asks for each id once', () => {
    expect(() => given(Notice).when('RequestNotice', { ...request, to: toDesk, template: 'weather' })).toThrow();
    given(Notice, ...asked(toDesk))
      .when('RequestNotice', { ...request, to: toDesk })
      .refuses('ALREADY_EXISTS');
  });
  it('is read by each person once', () => {
    const world = { actor: { kind: 'user', id: id(5), role: 'SERVICE_ADVISOR', orgId: id(2) } } as const;
    const first = given(Notice, ...asked(toDesk)).when('ReadNotice', { noticeId: id(1) }, world);
    const [read] = first.emits('NoticeRead');
    expect(read?.data.userId).toBe(id(5));
    given(Notice, ...asked(toDesk), read!)
      .when('ReadNotice', { noticeId: id(1) }, world)
      .emits();
    given(Notice)
      .when('ReadNotice', { noticeId: id(1) }, world)
      .refuses('NOT_FOUND');
  });
  it('has words in both languages that use the same values', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const { title, body } of Object.values(noticeTemplates)) {
      expect([title.ko, title.en, body.ko, body.en].every((words) => words.length > 3)).toBe(true);
      expect(names(body.ko)).toEqual(names(body.en));
    }
    expect(filled('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });
  it('keeps the laws', () => checkLaws(Notice));
});
