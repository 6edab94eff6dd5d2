/** A failure whose message says what to do; shown without a stack. */
export class Told extends Error {
  override readonly name = 'Told';
}
