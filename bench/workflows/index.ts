/** The work without AWE, in a bundle that holds nothing of its interpreter. */
export { byHand } from './by-hand';
