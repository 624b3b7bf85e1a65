import {
  planApiOrchestration,
  planDataPipeline,
  planJobExecution,
  type ApiCall,
  type DataPipeline,
} from '../../../src/job/examples';
import type { Plan } from '../../../schemas/plan';
import { checkTypedPlan } from '../../../src/plans/check';
import { catalogue } from './support';

const faultsOf = (plan: Plan) => {
  const checked = checkTypedPlan(plan, catalogue, {});
  return 'faults' in checked ? checked.faults : [];
};
const usesOf = ({ steps }: Plan) =>
  steps.map(({ id, uses, depends_on }) => [id, uses, ...(depends_on ?? [])].join(' '));

const users = 'https://api.example.com/users';
const sorted: DataPipeline['transformations'] = [
  { operation: 'filter', where: [{ field: 'age', op: 'ge', value: 18 }] },
  { operation: 'sort', by: [{ field: 'name' }] },
];

it.each<[DataPipeline['source'], DataPipeline['destination'], string[]]>([
  [users, 'output/users.json', ['extract http.request', 'transform transform.apply', 'load file.write']],
  [
    `${users}.csv`,
    'output/users.csv',
    ['extract http.request', 'parse transform.from_csv', 'transform transform.apply', 'load transform.to_csv'],
  ],
  [
    { url: users, items: 'data.users' },
    { table: 'users', create: true },
    ['extract http.request', 'transform transform.apply', 'load sql.insert'],
  ],
  [
    { sql: 'select * from users' },
    { url: users, method: 'PUT' },
    ['extract sql.query', 'transform transform.apply', 'load http.request'],
  ],
  [{ rows: [{ age: 20 }] }, 'a.xlsx', ['extract data.echo', 'transform transform.apply', 'load transform.to_xlsx']],
])('a pipeline from %j to %j is a plan that holds', (source, destination, steps) => {
  const plan = planDataPipeline({ source, transformations: sorted, destination });
  expect(usesOf(plan)).toEqual(steps);
  expect(faultsOf(plan)).toEqual([]);
  expect(faultsOf(planDataPipeline({ source, destination }))).toEqual([]);
});

const calls: ApiCall[] = [
  { name: 'order', url: 'https://api.example.com/orders/${{ steps.login.output.body.id }}', depends_on: ['login'] },
  { name: 'stock', url: 'https://api.example.com/stock' },
  { name: 'login', url: 'https://api.example.com/login', method: 'POST', json: { user: 'ann' } },
];

it('calls run as their dependencies allow, or one at a time', () => {
  const parallel = planApiOrchestration({ api_calls: calls });
  expect(usesOf(parallel)).toEqual(['login http.request', 'order http.request login', 'stock http.request']);
  const sequential = planApiOrchestration({ api_calls: calls, orchestration_strategy: 'sequential' });
  expect(usesOf(sequential)).toEqual(['login http.request', 'order http.request login', 'stock http.request order']);
  expect([faultsOf(parallel), faultsOf(sequential)]).toEqual([[], []]);
});

const remote = {
  start: { url: 'https://api.example.com/jobs' },
  status: { url: 'https://api.example.com/jobs/${{ steps.start.output.body.id }}' },
  done: { field: 'job.state', values: ['done', 'archived'] },
};

it('a job is started once, and looked at until its field says that it is done', () => {
  const plan = planJobExecution({ job_config: remote, monitor_interval: 5, max_checks: 4 });
  expect(faultsOf(plan)).toEqual([]);
  expect(plan.steps[1]).toMatchObject({ depends_on: ['start'], until: { every: '5s', rounds: 4, otherwise: 'fail' } });
});

const call = (more: Partial<ApiCall>): ApiCall => ({ name: 'a', url: users, ...more });

it.each<[() => unknown, RegExp]>([
  [() => planDataPipeline({ source: users, destination: 'output/users.pdf' }), /\.json, \.jsonl, \.csv or \.xlsx/],
  [() => planDataPipeline({ source: { url: users, items: 'a b' }, destination: 'a.json' }), /source\.items/],
  [() => planDataPipeline({ source: '', destination: 'a.json' }), /source needs a url/],
  [() => planApiOrchestration({ api_calls: [] }), /needs a call/],
  [() => planApiOrchestration({ api_calls: [call({}), call({})] }), /Two of api_calls are called a/],
  [() => planApiOrchestration({ api_calls: [call({ name: 'a b' })] }), /needs a name/],
  [() => planApiOrchestration({ api_calls: [call({ depends_on: ['x'] })] }), /a depends on x/],
  [
    () => planApiOrchestration({ api_calls: [call({ depends_on: ['b'] }), call({ name: 'b', depends_on: ['a'] })] }),
    /circle: a → b → a/,
  ],
  [() => planJobExecution({ job_config: remote, monitor_interval: 'often' }), /monitor_interval/],
  [() => planJobExecution({ job_config: remote, max_checks: 9_999 }), /max_checks is 1 to 1000/],
  [() => planJobExecution({ job_config: { ...remote, done: { field: 'a b', values: [1] } } }), /done\.field/],
])('what no plan can be made of is refused with the reason (%#)', (make, reason) => {
  expect(make).toThrow(reason);
});
