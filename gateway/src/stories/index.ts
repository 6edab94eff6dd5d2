/** The door for those who tell a story on a system of their own: how people speak to it, and G1 as one function. */
export { tellFleetChain } from './chain/fleet-chain.ts';
export { storyAt } from './kit/client.ts';
export type { Answer } from './kit/place.ts';
