import { JsonValue } from '../../../schemas/json';
import { defineTool } from '../define';

/** Returns its input. For trying out plans, and for measuring the engine's own cost. */
export const dataEcho = defineTool({
  name: 'data.echo',
  version: '1',
  description: 'Gives back its input, whatever it is.',
  input: JsonValue,
  output: JsonValue,
  effect: 'none',
  risk: 'low',
  approval: false,
  timeout: 1_000,
  retry: { attempts: 3, initialMs: 100, backoff: 2, maxMs: 2_000 },
  local: true,
  run: async (input) => input,
  simulate: async (input) => input,
});
