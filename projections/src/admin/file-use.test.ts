import { describe, expect, it } from 'vitest';
import { objectsIn } from './file-use.ts';

const sha256 = 'a'.repeat(64);
const other = 'b'.repeat(64);

describe('the files an event names', () => {
  it('are found however deep they lie', () => {
    const data = {
      findings: [{ photos: [{ objectId: sha256, sha256, bytes: 3 }] }],
      signature: { objectId: other, sha256: other },
    };
    expect(objectsIn(data)).toEqual([sha256, other]);
  });

  it('are named by the hash of their content, and by nothing else', () => {
    expect(objectsIn({ statementSha256: sha256, photo: { objectId: 'demo/visit', sha256 } })).toEqual([]);
    expect(objectsIn({ photo: { objectId: other, sha256 }, note: null, text: 'x', n: 1 })).toEqual([]);
  });
});
