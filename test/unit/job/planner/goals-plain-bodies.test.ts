import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that say what a request carries, its header and its secret, in any words and order: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Ce qui se trouve dans parametres.json est à envoyer à https://passerelle.example.com/parametres via la méthode PUT.',
    ['file.read path=parametres.json', 'http.request url=https://passerelle.example.com/parametres method=PUT json=…'],
  ],
  [
    'What is in a.json has to be sent to https://a.example.com/x with the method PUT.',
    ['file.read path=a.json', 'http.request url=https://a.example.com/x method=PUT json=…'],
  ],
  [
    'The content of a.json must be sent to https://a.example.com/x with PUT.',
    ['file.read path=a.json', 'http.request url=https://a.example.com/x method=PUT json=…'],
  ],
  [
    'Send the content of a.json to https://a.example.com/x by PUT (header X-Api-Key: secret A_KEY).',
    [
      'file.read path=a.json',
      'http.request url=https://a.example.com/x method=PUT json=… headers={"x-api-key":"${{ secrets.A_KEY }}"}',
    ],
  ],
  [
    'Upload a.json to https://a.example.com/x with a PUT request; authenticate with the secret A_KEY in the X-Api-Key header.',
    [
      'file.read path=a.json',
      'http.request url=https://a.example.com/x method=PUT json=… headers={"x-api-key":"${{ secrets.A_KEY }}"}',
    ],
  ],
  [
    'With the secret A_KEY as the X-Api-Key header, make a PUT to https://a.example.com/x whose body is the content of a.json.',
    [
      'file.read path=a.json',
      'http.request url=https://a.example.com/x method=PUT json=… headers={"x-api-key":"${{ secrets.A_KEY }}"}',
    ],
  ],
  [
    'https://a.example.com/x should receive the content of a.json in a PUT request. Use the secret A_KEY for the header X-Api-Key.',
    [
      'file.read path=a.json',
      'http.request url=https://a.example.com/x method=PUT json=… headers={"x-api-key":"${{ secrets.A_KEY }}"}',
    ],
  ],
  [
    "Lis tarifs.json et fais un PUT de son contenu sur https://a.example.com/t, en mettant dans l'en-tête X-Cle la clé du secret T_CLE.",
    [
      'file.read path=tarifs.json',
      'http.request url=https://a.example.com/t method=PUT json=… headers={"x-cle":"${{ secrets.T_CLE }}"}',
    ],
  ],
  [
    'Fais une requête PUT à https://a.example.com/t : corps = contenu du fichier tarifs.json, en-tête X-Cle = secret T_CLE.',
    [
      'file.read path=tarifs.json',
      'http.request url=https://a.example.com/t method=PUT json=… headers={"x-cle":"${{ secrets.T_CLE }}"}',
    ],
  ],
  [
    'PUT sur https://a.example.com/t avec le contenu du fichier tarifs.json ; X-Cle : valeur du secret T_CLE.',
    [
      'file.read path=tarifs.json',
      'http.request url=https://a.example.com/t method=PUT json=… headers={"x-cle":"${{ secrets.T_CLE }}"}',
    ],
  ],
  [
    "Load the file a.json. Then send what's in it via PUT to https://a.example.com/x, setting X-Api-Key to the value of the secret A_KEY.",
    [
      'file.read path=a.json',
      'http.request url=https://a.example.com/x method=PUT json=… headers={"x-api-key":"${{ secrets.A_KEY }}"}',
    ],
  ],
  [
    'Read a.json and make a POST to https://a.example.com/x with its content as the body.',
    ['file.read path=a.json', 'http.request url=https://a.example.com/x method=POST json=…'],
  ],
  [
    'Fetch https://a.example.com/x passing the secret A_KEY in the X-Api-Key header and save it as x.json.',
    [
      'http.request url=https://a.example.com/x headers={"x-api-key":"${{ secrets.A_KEY }}"}',
      'file.write path=x.json json=…',
    ],
  ],
  [
    'Send a POST to https://a.example.com/x. The body is the content of a.json, and the bearer token comes from the secret A_TOKEN.',
    [
      'file.read path=a.json',
      'http.request url=https://a.example.com/x method=POST json=… headers={"authorization":"Bearer ${{ secrets.A_TOKEN }}"}',
    ],
  ],
  [
    'Avec le jeton Bearer que contient le secret P_JETON, appelle https://a.example.com/p en PUT et passe-lui le contenu de p.json.',
    [
      'file.read path=p.json',
      'http.request url=https://a.example.com/p method=PUT json=… headers={"authorization":"Bearer ${{ secrets.P_JETON }}"}',
    ],
  ],
  [
    'Call https://a.example.com/x with PUT and give it the content of a.json.',
    ['file.read path=a.json', 'http.request url=https://a.example.com/x method=PUT json=…'],
  ],
  [
    'POST https://a.example.com/open for each of the valves V1 and V2, wait 20 minutes, then POST https://a.example.com/close for each of them.',
    [
      'http.request url=https://a.example.com/open method=POST json=… each',
      'wait for=20m',
      'http.request url=https://a.example.com/close method=POST json=… each',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
