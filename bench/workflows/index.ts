/** What the worker of the measurements runs: AWE's workflows, and the same work by hand. */
export * from '../../workflows';
export { byHand } from './by-hand';
export { regular } from './regular';
