/**
 * Switches of Node for a durable node. Of a heap that may become large V8 keeps four times what is alive before it
 * collects; of a smaller one less than twice. With new objects in 16 MB, as is usual, the buffers they hold make it
 * collect all of the heap a dozen times a second while somebody reads; in 8 MB they are gone before that.
 */
export const SMALL_HEAP: readonly string[] = ['--max-old-space-size=1536', '--max-semi-space-size=8'];
