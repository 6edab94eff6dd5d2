import { uuidv5 } from '@cargoro/infra/ids';

/** Namespace of every id of the demo worlds; fixed, so that links and bookmarks survive a rebuild. */
const demo = '7d0e9a52-4c1b-5a3e-8f27-6b9d2f41c3aa';

/** The id of whatever stands at this seed path, such as `workshop/gaon/bay/1`. */
export const idOf = (path: string): string => uuidv5(demo, path);
