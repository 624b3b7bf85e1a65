import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that ask an address until it is so, however the pause and the end are said: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'POST to https://a.example.com/x to rebuild the index, then poll https://a.example.com/y every 5 seconds until state is ready.',
    [
      'http.request url=https://a.example.com/x method=POST',
      'http.request url=https://a.example.com/y until 5s body.state == "ready"',
    ],
  ],
  [
    'Send a POST to https://a.example.com/x, which triggers the sync, and save the answer as sync.json.',
    ['http.request url=https://a.example.com/x method=POST', 'file.write path=sync.json json=…'],
  ],
  [
    'Fais un POST sur https://a.example.com/x pour lancer le recalcul, puis attends 2 minutes.',
    ['http.request url=https://a.example.com/x method=POST', 'wait for=2m'],
  ],
  [
    'Start an export by sending a POST to https://a.example.com/x, then let 45 seconds pass and save https://a.example.com/f.csv as f.csv.',
    [
      'http.request url=https://a.example.com/x method=POST',
      'wait for=45s',
      'http.request url=https://a.example.com/f.csv save_as=f.csv',
    ],
  ],
  [
    'Every two minutes, request https://a.example.com/y; stop as soon as phase equals done. Then delete tmp/x.txt.',
    ['http.request url=https://a.example.com/y until 2m body.phase == "done"', 'file.delete path=tmp/x.txt'],
  ],
  [
    'Check https://a.example.com/y once a minute until the status in the answer is "ok". Then save https://a.example.com/f.csv as f.csv.',
    [
      'http.request url=https://a.example.com/y until 1m body.status == "ok"',
      'http.request url=https://a.example.com/f.csv save_as=f.csv',
    ],
  ],
  [
    'As long as https://a.example.com/y reports pending as its state, ask it again every 10 seconds. Then delete tmp/x.txt.',
    ['http.request url=https://a.example.com/y until 10s body.state != "pending"', 'file.delete path=tmp/x.txt'],
  ],
  [
    'Interroge https://a.example.com/y avec dix secondes entre deux requêtes tant que etat vaut "en cours", puis supprime tmp/x.txt.',
    ['http.request url=https://a.example.com/y until 10s body.etat != "en cours"', 'file.delete path=tmp/x.txt'],
  ],
  [
    'Interroge https://a.example.com/y à intervalles de 30 secondes tant que etat ne vaut pas "fini".',
    ['http.request url=https://a.example.com/y until 30s body.etat == "fini"'],
  ],
  [
    'Wait until the field phase of https://a.example.com/y becomes "live", asking every 30 s at most 10 times.',
    ['http.request url=https://a.example.com/y until 30s body.phase == "live"'],
  ],
  [
    'Wait until https://a.example.com/y reports live as its phase (one check per minute), then delete tmp/x.txt.',
    ['http.request url=https://a.example.com/y until 1m body.phase == "live"', 'file.delete path=tmp/x.txt'],
  ],
  [
    'Keep requesting https://a.example.com/y, once every 2 min, as long as its status isn\'t "processed".',
    ['http.request url=https://a.example.com/y until 2m body.status == "processed"'],
  ],
  [
    'Attends que le champ etat de https://a.example.com/y passe à "fini" (une vérification toutes les 30 s).',
    ['http.request url=https://a.example.com/y until 30s body.etat == "fini"'],
  ],
  [
    'Wait until at least 3 files are in the folder inbox (one check per minute), then read inbox/a.csv and save it as b.json.',
    [
      'file.list path=inbox until 1m count >= 3',
      'transform.from_csv path=inbox/a.csv',
      'file.write path=b.json json=…',
    ],
  ],
  [
    'Attends que le dossier depot ne soit plus vide (une vérification par minute), puis lis depot/a.csv et enregistre-le dans b.json.',
    ['file.list path=depot until 1m count > 0', 'transform.from_csv path=depot/a.csv', 'file.write path=b.json json=…'],
  ],
  [
    'If the status at https://a.example.com/y is "down", delete tmp/x.txt.',
    ['http.request url=https://a.example.com/y', 'file.delete path=tmp/x.txt if body.status == "down"'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
