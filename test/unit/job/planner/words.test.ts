import { families } from '../../../../src/job/planner/families';
import { pattern } from '../../../../src/job/planner/grammar/pattern';
import { valueTypes } from '../../../../src/job/planner/values';
import { plan, planned } from './support';

const goals = [
  'Fetch data from https://api.example.com/users and save to output/users.json',
  'fetch https://api.example.com/todos, keep those whose userId is 1, group by city, save as CSV and insert them into table todos, then post the total to https://b.example.com/x',
  'for each of the users in the context, fetch https://api.example.com/users/{id} and save it to users/{id}.json',
  'fetch https://api.example.com/orders. If the total of amount exceeds 1000, notify https://b.example.com/x, otherwise save them to small.json',
  'Generate an implementation checklist and artifact summary',
  'after Anna has approved, delete the files older than 30 days in tmp/',
  'Récupère les utilisateurs depuis https://api.example.com/users, garde ceux dont age est supérieur à 30, puis enregistre-les dans sortie/users.csv',
  'Insère les lignes de data/clients.csv dans la table clients en ignorant les doublons',
];
const context = { users: [{ id: 1 }] };

/** A word that nobody knows, at each place of a goal. */
const places = goals.flatMap((goal) => {
  const words = goal.split(' ');
  return Array.from({ length: words.length + 1 }, (_, at) =>
    [...words.slice(0, at), 'zorbly', ...words.slice(at)].join(' '),
  );
});

it('no word is lost: one that is not known is refused, told, or part of what a step is given', () => {
  const lost = places.filter((goal) => {
    const found = plan(goal, context);
    if ('refused' in found) return false;
    const steps = found.plan.steps.map(({ with: args, until, approval }) => [args, until, approval?.assignee]);
    return !JSON.stringify([steps, found.notes]).toLowerCase().includes('zorbly');
  });
  expect(lost).toEqual([]);
});

it.each(families.flatMap(({ name, examples }) => examples.map((example): [string, string] => [name, example])))(
  '%s: %s',
  (name, example) => {
    const goals = [
      example,
      `fetch https://api.example.com/rows, then ${example}`,
      `récupère https://api.example.com/rows, puis ${example}`,
    ];
    const goal = goals.find((one) => 'plan' in plan(one, context)) ?? example;
    const { reading } = planned(goal, context);
    expect(reading.clauses.map(({ family }) => family)).toContain(name);
  },
);

it('every pattern can be read, and names types that there are', () => {
  const types = families.flatMap(({ heads, slots, tails = [] }) =>
    [...heads, ...slots, ...tails].flatMap((source) => {
      expect(() => pattern(source)).not.toThrow();
      return [...source.matchAll(/\$(\w+)/g)].map(([, type = '']) => type);
    }),
  );
  expect(types.filter((type) => valueTypes[type] === undefined)).toEqual([]);
});
