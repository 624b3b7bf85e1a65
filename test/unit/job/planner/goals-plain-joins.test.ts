import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that join, and name what was made by what was done: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Prends les élèves de https://ecole.example.org/eleves et les notes de https://ecole.example.org/notes, fais la jointure sur eleve_id et enregistre le tout dans bulletin.csv.',
    [
      'http.request url=https://ecole.example.org/eleves',
      'http.request url=https://ecole.example.org/notes',
      'transform.join left=… right=… on=[{"left":"eleve_id","right":"eleve_id"}]',
      'transform.to_csv items=… save_as=bulletin.csv',
    ],
  ],
  [
    'Lis clients.csv et commandes.csv, fais une jointure gauche sur client_id et enregistre le résultat dans joint.json.',
    [
      'transform.from_csv path=clients.csv',
      'transform.from_csv path=commandes.csv',
      'transform.join left=… right=… on=[{"left":"client_id","right":"client_id"}] how=left',
      'file.write path=joint.json json=…',
    ],
  ],
  [
    'Complète les lignes de la table produits (base catalogue) par les avis de https://avis.example.org/liste, jointure sur reference ; poste ensuite la liste complétée à https://vitrine.example.org/import avec la clé du secret VITRINE_CLE en bearer.',
    [
      'sql.query sql=SELECT * FROM produits database=catalogue',
      'http.request url=https://avis.example.org/liste',
      'transform.join left=… right=… on=[{"left":"reference","right":"reference"}] how=left',
      'http.request url=https://vitrine.example.org/import method=POST json=… headers={"authorization":"Bearer ${{ secrets.VITRINE_CLE }}"}',
    ],
  ],
  [
    'Complète les produits de la table produits avec les prix de https://prix.example.org/liste (jointure sur ref) et enregistre la liste complétée dans produits.csv.',
    [
      'sql.query sql=SELECT * FROM produits',
      'http.request url=https://prix.example.org/liste',
      'transform.join left=… right=… on=[{"left":"ref","right":"ref"}] how=left',
      'transform.to_csv items=… save_as=produits.csv',
    ],
  ],
  [
    'Read a.csv and b.csv, complete the rows of a.csv with those of b.csv by id and save the completed list to c.csv.',
    [
      'transform.from_csv path=a.csv',
      'transform.from_csv path=b.csv',
      'transform.join left=… right=… on=[{"left":"id","right":"id"}] how=left',
      'transform.to_csv items=… save_as=c.csv',
    ],
  ],
  [
    'Enrichis les commandes de commandes.json avec les clients de clients.json (commandes.client_id = clients.id) et enregistre les commandes enrichies dans out.json.',
    [
      'file.read path=commandes.json',
      'file.read path=clients.json',
      'transform.join left=… right=… on=[{"left":"client_id","right":"id"}]',
      'file.write path=out.json json=…',
    ],
  ],
  [
    'Read a.csv and b.csv, merge them by id and save the merged rows to c.csv.',
    [
      'transform.from_csv path=a.csv',
      'transform.from_csv path=b.csv',
      'transform.join left=… right=… on=[{"left":"id","right":"id"}]',
      'transform.to_csv items=… save_as=c.csv',
    ],
  ],
  [
    'Lis adherents.csv et cotisations.csv, joins-les sur no_adherent en conservant chaque adhérent, retiens les lignes sans montant (champ montant absent) et enregistre-les dans sans.csv.',
    [
      'transform.from_csv path=adherents.csv',
      'transform.from_csv path=cotisations.csv',
      'transform.join left=… right=… on=[{"left":"no_adherent","right":"no_adherent"}] how=left',
      'transform.filter items=… where=[{"field":"montant","op":"missing"}]',
      'transform.to_csv items=… save_as=sans.csv',
    ],
  ],
  [
    'Complète le modèle lettre.md avec le contexte et enregistre le texte dans lettre-finale.md.',
    [
      'file.read path=lettre.md as=text',
      'render.template template=… values=…',
      'file.write path=lettre-finale.md text=…',
    ],
    { nom: 'A' },
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
