import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that do something for each element, however the repetition is said: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Read all rows of the table pending_refunds and send each one as JSON in a POST to https://payments.example.com/refunds.',
    [
      'sql.query sql=SELECT * FROM pending_refunds',
      'http.request url=https://payments.example.com/refunds method=POST json=… each',
    ],
  ],
  [
    'Send one POST request to https://payments.example.com/refunds per row of the table pending_refunds (database billing), with the row as the JSON body.',
    [
      'sql.query sql=SELECT * FROM pending_refunds database=billing',
      'http.request url=https://payments.example.com/refunds method=POST json=… each',
    ],
  ],
  [
    'Query the table pending_refunds in the database billing. Then loop over the rows and POST each of them to https://payments.example.com/refunds as JSON.',
    [
      'sql.query sql=SELECT * FROM pending_refunds database=billing',
      'http.request url=https://payments.example.com/refunds method=POST json=… each',
    ],
  ],
  [
    'Go through readings.csv row by row, posting each to https://telemetry.example.com/readings.',
    [
      'transform.from_csv path=readings.csv',
      'http.request url=https://telemetry.example.com/readings method=POST json=… each',
    ],
  ],
  [
    'Load the CSV file readings.csv. Loop over its rows and POST each one individually to https://telemetry.example.com/readings.',
    [
      'transform.from_csv path=readings.csv',
      'http.request url=https://telemetry.example.com/readings method=POST json=… each',
    ],
  ],
  [
    'Take the list hosts from the context. Call https://inventory.example.com/hosts/<host> once per host name. Write the collected answers to hosts.json.',
    ['http.request url=https://inventory.example.com/hosts/… each', 'file.write path=hosts.json json=…'],
    { hosts: ['a', 'b'] },
  ],
  [
    'Loop over the hosts in the context: request https://inventory.example.com/hosts/<host> for each one, then store all the results as hosts.json.',
    ['http.request url=https://inventory.example.com/hosts/… each', 'file.write path=hosts.json json=…'],
    { hosts: ['a', 'b'] },
  ],
  [
    'Parcours la liste ids du contexte : appelle https://colis.example.com/api/suivi/<id>, puis écris toutes les réponses dans suivi.json.',
    ['http.request url=https://colis.example.com/api/suivi/… each', 'file.write path=suivi.json json=…'],
    { ids: [1, 2] },
  ],
  [
    'Prends la liste ids du contexte. Pour chaque identifiant, appelle https://colis.example.com/api/suivi/<id>. Écris toutes les réponses dans suivi.json.',
    ['http.request url=https://colis.example.com/api/suivi/… each', 'file.write path=suivi.json json=…'],
    { ids: [1, 2] },
  ],
  [
    'Lis communes.csv. Ligne par ligne, interroge https://geo.example.org/communes/<code>, puis enregistre toutes les réponses dans c.json.',
    [
      'transform.from_csv path=communes.csv',
      'http.request url=https://geo.example.org/communes/… each',
      'file.write path=c.json json=…',
    ],
  ],
  [
    'Upload the rows of readings.csv to https://telemetry.example.com/readings, one POST for each row.',
    [
      'transform.from_csv path=readings.csv',
      'http.request url=https://telemetry.example.com/readings method=POST json=… each',
    ],
  ],
  [
    'Le fichier nouveaux.csv liste des clients à créer : un POST par ligne à https://crm.test/clients.',
    ['transform.from_csv path=nouveaux.csv', 'http.request url=https://crm.test/clients method=POST json=… each'],
  ],
  [
    'Get the contents of the table pending_refunds; for each record, call https://payments.example.com/refunds with method POST and the record as its JSON body.',
    [
      'sql.query sql=SELECT * FROM pending_refunds',
      'http.request url=https://payments.example.com/refunds method=POST json=… each',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
