import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that send webhooks, however their type, their data and what signs them are said: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    "Fetch https://t.example.com/levels and keep the tanks with level under 15. If the list isn't empty, send it as a tank.low webhook to https://hooks.example.com/tanks, using the secret TANK_HOOK for signing.",
    [
      'http.request url=https://t.example.com/levels',
      'transform.filter items=… where=[{"field":"level","op":"lt","value":15}]',
      'notify.webhook url=https://hooks.example.com/tanks type=tank.low data={"levels":"…"} if size(items) > 0',
    ],
  ],
  [
    'Fetch https://t.example.com/levels and keep the tanks with level under 15. When one or more remain, post them to the webhook at https://hooks.example.com/tanks (type: tank.low, signature: secret TANK_HOOK).',
    [
      'http.request url=https://t.example.com/levels',
      'transform.filter items=… where=[{"field":"level","op":"lt","value":15}]',
      'notify.webhook url=https://hooks.example.com/tanks type=tank.low data={"levels":"…"} if size(items) > 0',
    ],
  ],
  [
    'Read the rows of the table alerts and forward them to https://hooks.example.com/ops in an alerts.critical webhook that is signed with OPS_HOOK (a secret).',
    [
      'sql.query sql=SELECT * FROM alerts',
      'notify.webhook url=https://hooks.example.com/ops type=alerts.critical data={"alerts":"…"}',
    ],
  ],
  [
    'Déplace a.docx vers b.docx. Ensuite, notifie https://hooks.example.com/documents avec un webhook document.pret, en le signant avec le secret DOC_CLE.',
    [
      'file.move from=a.docx to=b.docx',
      'notify.webhook url=https://hooks.example.com/documents type=document.pret data={}',
    ],
  ],
  [
    'Lis la table pannes et envoie à https://hooks.example.com/p un webhook de type pannes.jour contenant ces lignes, signé au moyen du secret P_CLE.',
    [
      'sql.query sql=SELECT * FROM pannes',
      'notify.webhook url=https://hooks.example.com/p type=pannes.jour data={"pannes":"…"}',
    ],
  ],
  [
    'Send a webhook of type a.done to https://hooks.example.com/a. Sign it with the secret A_HOOK.',
    ['notify.webhook url=https://hooks.example.com/a type=a.done data={}'],
  ],
  [
    'Read a.csv and send a webhook to https://hooks.example.com/a that carries the rows, has the type a.read and is signed with the secret A_HOOK.',
    ['transform.from_csv path=a.csv', 'notify.webhook url=https://hooks.example.com/a type=a.read data={"a":"…"}'],
  ],
  [
    'Copy a.csv to b.csv, then fire a b.copied webhook at https://hooks.example.com/a with a signature made with the secret A_HOOK.',
    ['file.copy from=a.csv to=b.csv', 'notify.webhook url=https://hooks.example.com/a type=b.copied data={}'],
  ],
  [
    'Envoie à https://hooks.example.com/a un webhook signé (secret A_CLE) dont le type est a.fini.',
    ['notify.webhook url=https://hooks.example.com/a type=a.fini data={}'],
  ],
  [
    'Send a webhook of type tank.low to https://hooks.example.com/tanks with all tanks from https://tanks.example.com/levels whose level is less than 15, unless there are none. Sign it with the secret TANK_HOOK.',
    [
      'http.request url=https://tanks.example.com/levels',
      'transform.filter items=… where=[{"field":"level","op":"lt","value":15}]',
      'notify.webhook url=https://hooks.example.com/tanks type=tank.low data={"tanks":"…"} if !(size(items) == 0)',
    ],
  ],
  [
    'Post the rows of a.csv to https://a.example.com/x if there are more than 10. Then delete a.csv.',
    [
      'transform.from_csv path=a.csv',
      'http.request url=https://a.example.com/x method=POST json=… if size(items) > 10',
      'file.delete path=a.csv',
    ],
  ],
  [
    'Tanks from https://tanks.example.com/levels whose level is under 15 are to be reported to https://hooks.example.com/tanks through a tank.low webhook that carries the list and is signed using the secret TANK_HOOK.',
    [
      'http.request url=https://tanks.example.com/levels',
      'transform.filter items=… where=[{"field":"level","op":"lt","value":15}]',
      'notify.webhook url=https://hooks.example.com/tanks type=tank.low data={"tanks":"…"}',
    ],
  ],
  [
    'Read https://tanks.example.com/levels and keep the tanks whose level is under 15. Only if there are some, call the webhook https://hooks.example.com/tanks with the list. Type tank.low, signed by means of the secret TANK_HOOK.',
    [
      'http.request url=https://tanks.example.com/levels',
      'transform.filter items=… where=[{"field":"level","op":"lt","value":15}]',
      'notify.webhook url=https://hooks.example.com/tanks type=tank.low data={"levels":"…"} if size(items) > 0',
    ],
  ],
  [
    "Poste à https://a.example.com/x les lignes de a.csv dont stock = 0, s'il y en a.",
    [
      'transform.from_csv path=a.csv',
      'transform.filter items=… where=[{"field":"stock","op":"eq","value":0}]',
      'http.request url=https://a.example.com/x method=POST json=… if size(items) > 0',
    ],
  ],
  [
    'Copy a.csv to b.csv, then fire a b.copied webhook at https://hooks.example.com/a with a signature made with the secret A_HOOK.',
    ['file.copy from=a.csv to=b.csv', 'notify.webhook url=https://hooks.example.com/a type=b.copied data={}'],
  ],
  [
    'Les lignes de la table pannes sont à transmettre à https://hooks.example.com/p par un webhook pannes.jour, signé avec le secret P_CLE.',
    [
      'sql.query sql=SELECT * FROM pannes',
      'notify.webhook url=https://hooks.example.com/p type=pannes.jour data={"pannes":"…"}',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
