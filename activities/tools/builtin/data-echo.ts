import type { Tool } from '../tool';

/** Gives back what it is given. For trying out plans, and for measuring what the engine itself costs. */
export const dataEcho: Tool = {
  spec: {
    name: 'data.echo',
    version: '1',
    description: 'Gives back its input, whatever it is.',
    input: {},
    output: {},
    effect: 'none',
    risk: 'low',
    approval: false,
    timeout: 1_000,
    retry: { attempts: 3, initialMs: 100, backoff: 2, maxMs: 2_000 },
    local: true,
  },
  run: (input) => Promise.resolve(input),
  simulate: (input) => Promise.resolve(input),
};
