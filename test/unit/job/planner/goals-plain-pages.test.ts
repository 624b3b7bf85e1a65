import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals that page, however the pages and their end are said: the steps in short. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Page through https://api.example.com/v2/tickets with the query parameter page, from 1 until you get an empty page, and save all tickets to tickets.json.',
    ['http.request url=https://api.example.com/v2/tickets paging={"by":"page"}', 'file.write path=tickets.json json=…'],
  ],
  [
    'Get all pages of https://api.example.com/v2/tickets (query parameter page, starting at 1) and stop at the first empty page. Save them to tickets.json.',
    [
      'http.request url=https://api.example.com/v2/tickets paging={"by":"page","param":"page"}',
      'file.write path=tickets.json json=…',
    ],
  ],
  [
    'Fetch all pages from https://api.example.com/v2/tickets, starting with page 1 and ending at an empty page. Save the tickets to tickets.json.',
    ['http.request url=https://api.example.com/v2/tickets paging={"by":"page"}', 'file.write path=tickets.json json=…'],
  ],
  [
    'Page through https://blog.example.org/api/posts by way of next_url and save the posts to posts.json.',
    [
      'http.request url=https://blog.example.org/api/posts paging={"by":"cursor","cursor":"/next_url"}',
      'file.write path=posts.json json=…',
    ],
  ],
  [
    'Read every page of https://blog.example.org/api/posts via the field next_url and save them to posts.json.',
    [
      'http.request url=https://blog.example.org/api/posts paging={"by":"cursor","cursor":"/next_url"}',
      'file.write path=posts.json json=…',
    ],
  ],
  [
    'https://blog.example.org/api/posts is paginated: every response has a next_url pointing to the next page. Collect the posts of all pages and save them to posts.json.',
    [
      'http.request url=https://blog.example.org/api/posts paging={"by":"cursor","cursor":"/next_url"}',
      'file.write path=posts.json json=…',
    ],
  ],
  [
    "Récupère tous les sujets de https://forum.example.org/api/sujets, l'adresse de la page suivante étant dans le champ suivant, et enregistre-les dans sujets.json.",
    [
      'http.request url=https://forum.example.org/api/sujets paging={"by":"cursor","cursor":"/suivant"}',
      'file.write path=sujets.json json=…',
    ],
  ],
  [
    'Lis https://forum.example.org/api/sujets page après page grâce au lien suivant de chaque réponse et enregistre-les dans sujets.json.',
    [
      'http.request url=https://forum.example.org/api/sujets paging={"by":"cursor","cursor":"/suivant"}',
      'file.write path=sujets.json json=…',
    ],
  ],
  [
    "Lis toutes les pages de https://api.example.org/v2/colis avec l'en-tête Link tant qu'il y en a une et enregistre-les dans colis.json.",
    ['http.request url=https://api.example.org/v2/colis paging={"by":"link"}', 'file.write path=colis.json json=…'],
  ],
  [
    "https://api.example.org/v2/colis est paginé par l'en-tête Link. Parcours-en toutes les pages et sauvegarde les colis au format CSV sous colis.csv.",
    [
      'http.request url=https://api.example.org/v2/colis paging={"by":"link"}',
      'transform.to_csv items=… save_as=colis.csv',
    ],
  ],
  [
    'Walk through all pages of https://shop.example.com/api/orders (they use Link headers) and save them to orders.json.',
    ['http.request url=https://shop.example.com/api/orders paging={"by":"link"}', 'file.write path=orders.json json=…'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
