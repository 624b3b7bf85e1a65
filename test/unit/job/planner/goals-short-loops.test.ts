import { outline } from './support';

const CONTEXT = { users: [{ id: 1 }], utilisateurs: [{ id: 1 }] };

/** Short goals that ask again and again, wait for somebody, or do something for each element: the steps in short. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Poll https://api.example.com/latest (interval 10s) until field result isn\'t "running" any more',
    ['http.request url=https://api.example.com/latest until 10s body.result != "running"'],
  ],
  [
    'Keep checking https://api.example.com/temp. Every 2 min. Stop as soon as celsius is 180 or more.',
    ['http.request url=https://api.example.com/temp until 2m body.celsius >= 180'],
  ],
  [
    'Check table queue every 10 seconds until there are no more rows',
    ['sql.query sql=SELECT * FROM queue until 10s row_count == 0'],
  ],
  [
    "Surveille la table lots toutes les 5 min tant que des lignes ont traite = false, arrêter quand il n'y en a plus",
    ['sql.query sql=SELECT * FROM lots WHERE traite = false until 5m row_count == 0'],
  ],
  [
    'List in/*.csv every minute until there are at least 2, then move in/a.csv to done/',
    ['file.list pattern=in/*.csv until 1m count >= 2', 'file.move from=in/a.csv to=done/a.csv'],
  ],
  [
    "On attend que des fichiers .pdf apparaissent dans le dossier scan ; contrôle toutes les 15 minutes. Quand il y en a au moins 3 c'est bon.",
    ['file.list path=scan pattern=*.pdf until 15m count >= 3'],
  ],
  [
    "Relance https://api.example.com/etat toutes les dix secondes jusqu'à avoir un 200",
    ['http.request url=https://api.example.com/etat until 10s status == 200'],
  ],
  [
    'Interroge https://api.example.com/x toutes les minutes. On arrête quand state = "ok".',
    ['http.request url=https://api.example.com/x until 1m body.state == "ok"'],
  ],
  [
    'Read a.json. A manager has to release it. Once released, post it to https://api.example.com/x',
    ['file.read path=a.json', 'approval', 'http.request url=https://api.example.com/x method=POST json=…'],
  ],
  [
    'Il conviendrait que la direction donne son accord avant que a.json ne soit publié (POST https://api.example.com/x)',
    ['approval', 'file.read path=a.json', 'http.request url=https://api.example.com/x method=POST json=…'],
  ],
  [
    'Each of the users in the context gets a DELETE on https://api.example.com/users/<id>. One approval for the whole lot before that.',
    ['approval', 'http.request url=https://api.example.com/users/… method=DELETE each'],
  ],
  [
    'Read machines.json, and for each machine in there do a PUT to https://api.example.com/machines/ plus its serial, with the body {"mode":"idle"}',
    [
      'file.read path=machines.json',
      'http.request url=https://api.example.com/machines/… method=PUT json={"mode":"idle"} each',
    ],
  ],
  [
    'One letter per user (list users in the context): the text "Hello {{ id }}." goes to letters/<id>.txt',
    ['render.template template=Hello {{ id }}. values=… save_as=letters/….txt each'],
  ],
  [
    'Génère une lettre par utilisateur du contexte : « Bonjour {{ id }} », chacune dans lettres/<id>.txt',
    ['render.template template=Bonjour {{ id }} values=… save_as=lettres/….txt each'],
  ],
  [
    'Supprimer un à un, avec DELETE https://api.example.com/comptes/{id}, les comptes 17, 23 et 41',
    ['http.request url=https://api.example.com/comptes/… method=DELETE each'],
  ],
  [
    'Every line of returns.csv separately by POST to https://api.example.com/cases, bearer RMA_TOKEN (secret)',
    [
      'transform.from_csv path=returns.csv',
      'http.request url=https://api.example.com/cases method=POST json=… headers={"authorization":"Bearer ${{ secrets.RMA_TOKEN }}"} each',
    ],
  ],
  [
    'Chaque abonné de la table abonnes dont echeance est dépassée doit être désactivé : DELETE https://api.example.com/abonnes/<id>',
    [
      'sql.query sql=SELECT * FROM abonnes WHERE echeance < now()',
      'http.request url=https://api.example.com/abonnes/… method=DELETE each',
    ],
  ],
  [
    'Select id and mail from table subs where expired is true, then for each of them post to https://api.example.com/subs/<id>/cancel',
    [
      'sql.query sql=SELECT id, mail FROM subs WHERE expired = true',
      'http.request url=https://api.example.com/subs/…/cancel method=POST json=… each',
    ],
  ],
  [
    'For each of the two sites Lyon and Metz one signed webhook to https://hooks.example.com/sites, type site.closed, the data being the name of the site',
    ['notify.webhook url=https://hooks.example.com/sites type=site.closed data={"name":"…"} each'],
  ],
  [
    'Write offer.txt from "Offer for {{ id }}" and the context, then move it to sent/offer.txt',
    [
      'render.template template=Offer for {{ id }} values=… save_as=offer.txt',
      'file.move from=offer.txt to=sent/offer.txt',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal, CONTEXT)).toEqual(steps);
});
