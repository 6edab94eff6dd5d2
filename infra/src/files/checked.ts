import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { FileDamaged } from './port.ts';

/**
 * Passes content on and checks it against its name. It stays one piece behind, so that nobody ever receives the whole of
 * a damaged file: the stream fails with FileDamaged before the last piece.
 */
export const checkedAgainst = (objectId: string): Transform => {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      if (hash.digest('hex') === objectId) done(null, held);
      else done(new FileDamaged(objectId));
    },
  });
};
