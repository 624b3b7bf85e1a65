import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that log in, and carry what they were answered: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Connecte-toi à https://auth.example.org/connexion par un POST JSON avec l\'identifiant "robot" et le mot de passe du secret ROBOT_MDP. Avec le champ jeton de la réponse comme jeton bearer, appelle https://api.example.org/contrats et écris le résultat dans contrats.json.',
    [
      'http.request url=https://auth.example.org/connexion method=POST json={"username":"robot","password":"${{ secrets.ROBOT_MDP }}"}',
      'http.request url=https://api.example.org/contrats headers={"authorization":"Bearer …"}',
      'file.write path=contrats.json json=…',
    ],
  ],
  [
    'Authentifie-toi par POST sur https://id.example.org/jeton (formulaire : client_id "synchro", client_secret du secret SYNCHRO_SECRET). Avec le champ access_token comme jeton bearer, lis https://abos.example.org/abonnements, garde ceux dont etat est "expire" et envoie pour chacun un DELETE à https://abos.example.org/abonnements/<id> avec le même jeton.',
    [
      'http.request url=https://id.example.org/jeton method=POST form={"client_id":"synchro","client_secret":"${{ secrets.SYNCHRO_SECRET }}"}',
      'http.request url=https://abos.example.org/abonnements headers={"authorization":"Bearer …"}',
      'transform.filter items=… where=[{"field":"etat","op":"eq","value":"expire"}]',
      'http.request url=https://abos.example.org/abonnements/… method=DELETE headers={"authorization":"Bearer …"} each',
    ],
  ],
  [
    'Ouvre une session par POST JSON sur https://gestion.example.com/session (compte "lecture", mot de passe dans le secret LECTURE_MDP). Place le champ cle de la réponse dans l\'en-tête X-Session et lis toutes les pages de https://gestion.example.com/dossiers, paramètre page. Enregistre les dossiers dans dossiers.csv.',
    [
      'http.request url=https://gestion.example.com/session method=POST json={"username":"lecture","password":"${{ secrets.LECTURE_MDP }}"}',
      'http.request url=https://gestion.example.com/dossiers headers={"x-session":"…"} paging={"by":"page"}',
      'transform.to_csv items=… save_as=dossiers.csv',
    ],
  ],
  [
    'Connecte-toi par POST à https://a.example.org/login avec l\'utilisateur "bot" et le mot de passe du secret BOT_MDP, puis lis https://a.example.org/stock avec le jeton reçu (champ token) et enregistre-le dans stock.json.',
    [
      'http.request url=https://a.example.org/login method=POST json={"username":"bot","password":"${{ secrets.BOT_MDP }}"}',
      'http.request url=https://a.example.org/stock headers={"authorization":"Bearer …"}',
      'file.write path=stock.json json=…',
    ],
  ],
  [
    'Fais un POST JSON sur https://a.example.org/login avec user = "bot" et password = le secret BOT_MDP. Utilise le champ access_token de la réponse comme jeton bearer pour lire https://a.example.org/stock et enregistre le résultat dans stock.json.',
    [
      'http.request url=https://a.example.org/login method=POST json={"user":"bot","password":"${{ secrets.BOT_MDP }}"}',
      'http.request url=https://a.example.org/stock headers={"authorization":"Bearer …"}',
      'file.write path=stock.json json=…',
    ],
  ],
  [
    'Log in by POST to https://a.example.org/login as "bot" with the password in the secret BOT_PW. Put the field key of the response into the header X-Session and read https://a.example.org/stock. Save it to stock.json.',
    [
      'http.request url=https://a.example.org/login method=POST json={"username":"bot","password":"${{ secrets.BOT_PW }}"}',
      'http.request url=https://a.example.org/stock headers={"x-session":"…"}',
      'file.write path=stock.json json=…',
    ],
  ],
  [
    'Authenticate by a JSON POST to https://a.example.org/login with the user "bot" and the password from the secret BOT_PW. With the field token of the response as bearer token, call https://a.example.org/stock and write the result to stock.json.',
    [
      'http.request url=https://a.example.org/login method=POST json={"username":"bot","password":"${{ secrets.BOT_PW }}"}',
      'http.request url=https://a.example.org/stock headers={"authorization":"Bearer …"}',
      'file.write path=stock.json json=…',
    ],
  ],
  [
    'Obtiens un jeton par POST sur https://a.example.org/oauth (formulaire, client_id "app", client_secret dans le secret APP_SECRET), puis appelle https://b.example.com/rapport avec ce jeton en bearer et enregistre la réponse dans rapport.json.',
    [
      'http.request url=https://a.example.org/oauth method=POST form={"client_id":"app","client_secret":"${{ secrets.APP_SECRET }}"}',
      'http.request url=https://b.example.com/rapport headers={"authorization":"Bearer …"}',
      'file.write path=rapport.json json=…',
    ],
  ],
  [
    'Log in at https://a.example.org/token by POST (form: client_id "sync", client_secret from the secret SYNC_SECRET). Using the access_token from the response as bearer token, read https://a.example.org/subs, keep those whose state is "expired" and send a DELETE for each to https://a.example.org/subs/{id} with the same token.',
    [
      'http.request url=https://a.example.org/token method=POST form={"client_id":"sync","client_secret":"${{ secrets.SYNC_SECRET }}"}',
      'http.request url=https://a.example.org/subs headers={"authorization":"Bearer …"}',
      'transform.filter items=… where=[{"field":"state","op":"eq","value":"expired"}]',
      'http.request url=https://a.example.org/subs/… method=DELETE headers={"authorization":"Bearer …"} each',
    ],
  ],
  [
    'Lis https://a.example.org/x avec le jeton du secret API_TOKEN et enregistre-le dans x.json, puis lis https://b.example.com/y avec le même jeton et enregistre la réponse dans y.json.',
    [
      'http.request url=https://a.example.org/x headers={"authorization":"Bearer ${{ secrets.API_TOKEN }}"}',
      'file.write path=x.json json=…',
      'http.request url=https://b.example.com/y headers={"authorization":"Bearer ${{ secrets.API_TOKEN }}"}',
      'file.write path=y.json json=…',
    ],
  ],
  [
    'Connecte-toi à https://a.example.org/login par POST (formulaire) avec l\'utilisateur "bot" et le mot de passe du secret BOT_MDP.',
    [
      'http.request url=https://a.example.org/login method=POST form={"username":"bot","password":"${{ secrets.BOT_MDP }}"}',
    ],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
