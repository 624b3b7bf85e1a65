import { Type } from 'typebox';
import { CostReport } from '../../schemas/costs/api';
import { define, everybody } from '../contract';

/** Address of what models have cost. */
export const costContracts = define({
  getCosts: {
    method: 'get',
    path: '/costs',
    tag: 'costs',
    summary: 'Money and tokens of models by day, by process, by run and by model, against the limits',
    description:
      'As the LLM gateway has accounted for them, to the end of 90 days; by model since it has started. Answers whose price ' +
      'nobody knows are counted as `unpriced`. 503 while the gateway is away.',
    roles: everybody,
    entrance: 'costs',
    query: {
      since: Type.Optional(Type.String({ format: 'date', description: 'first day, UTC; 30 days, if it is left out' })),
      runs: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 200, default: 20, description: 'runs that are listed, the dearest' }),
      ),
    },
    answers: [{ status: 200, description: 'what was spent', schema: CostReport }],
    problems: [503],
  },
});
