import type { JsonObject } from '../../../../schemas/json';
import { outline } from './support';

/** Plain goals about texts in the memory, by any verb and in any order. */
const goals: [goal: string, steps: string[], context?: JsonObject][] = [
  [
    'Save this text to shared memory: "The night import of the catalogue runs at 02:30".',
    ['memory.remember text=The night import of the catalogue runs at 02:30 space=shared'],
  ],
  [
    'Store "Supplier Nordlicht delivers only on Tuesdays" in the shared memory, then search it for delivery days of suppliers.',
    [
      'memory.remember text=Supplier Nordlicht delivers only on Tuesdays space=shared',
      'memory.search query=delivery days of suppliers space=shared',
    ],
  ],
  [
    'Save the text "Supplier Nordlicht delivers only on Tuesdays" to shared memory. After that, look up delivery days of suppliers in the shared memory.',
    [
      'memory.remember text=Supplier Nordlicht delivers only on Tuesdays space=shared',
      'memory.search query=delivery days of suppliers space=shared',
    ],
  ],
  [
    'The text "Supplier Nordlicht delivers only on Tuesdays" should be remembered in the shared memory',
    ['memory.remember text=Supplier Nordlicht delivers only on Tuesdays space=shared'],
  ],
  [
    'The shared memory should contain the text "The night import of the catalogue runs at 02:30".',
    ['memory.remember text=The night import of the catalogue runs at 02:30 space=shared'],
  ],
  [
    'Fais une recherche en mémoire sur "consignes de sauvegarde", puis sauvegarde dans le fichier consignes.json les textes trouvés.',
    ['memory.search query=consignes de sauvegarde', 'file.write path=consignes.json json=…'],
  ],
  [
    'Merci d\'interroger la mémoire avec "consignes de sauvegarde" et de mettre les résultats dans consignes.json.',
    ['memory.search query=consignes de sauvegarde', 'file.write path=consignes.json json=…'],
  ],
  [
    'Dans la mémoire partagée, retiens « Le portail 3 est fermé ».',
    ['memory.remember text=Le portail 3 est fermé space=shared'],
  ],
];

it.each(goals)('%s', (goal, steps, context = {}) => {
  expect(outline(goal, context)).toEqual(steps);
});
