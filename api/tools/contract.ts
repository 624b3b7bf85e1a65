import { Type } from 'typebox';
import { PathId } from '../../schemas/api';
import { ToolDetail, ToolPage, toolEffects, toolRisks } from '../../schemas/tools/api';
import { define, everybody, page } from '../contract';

const tag = 'tools';

/** Addresses of the tools that plans may use. */
export const toolContracts = define({
  listTools: {
    method: 'get',
    path: '/api/v1/tools',
    tag,
    summary: 'Tools that workers carry out, by their names',
    description:
      'Those of the platform, of its processes, of your own modules and of MCP servers. The worker that has started last ' +
      'says which there are. Tools that nobody has accepted yet, or that have changed since, are `withheld`.',
    roles: everybody,
    entrance: 'tools',
    query: {
      ...page(500, 100),
      q: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'words, each in the name, an alias or the description',
        }),
      ),
      effect: Type.Optional(Type.Enum([...toolEffects])),
      risk: Type.Optional(Type.Enum([...toolRisks])),
      usable: Type.Optional(
        Type.Enum(['true', 'false'], { description: 'only those that new plans may use, or may not' }),
      ),
    },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: ToolPage }],
    problems: [422, 503],
  },
  showTool: {
    method: 'get',
    path: '/api/v1/tools/{name}',
    tag,
    summary: 'A tool: its arguments, its output, an example, and what the platform holds it to',
    roles: everybody,
    params: { name: PathId },
    answers: [{ status: 200, description: 'the tool', schema: ToolDetail }],
    problems: [404, 503],
  },
});
