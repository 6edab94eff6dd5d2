import { main } from '../main.ts';

/** The entry of the container image, where everything is installed already. */
await main(process.argv.slice(2));
