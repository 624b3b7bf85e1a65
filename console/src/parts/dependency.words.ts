import { defineWords } from '../i18n/words';

export const words = defineWords(
  {
    temporal: 'Temporal',
    redis: 'Redis',
    document_store: 'Document store',
    runs: 'Runs that stand still',
    stream: 'Event stream',
    dlq: 'Dead letters',
    lost: 'Events that were cut off',
    gateway: 'LLM gateway',
    workers: (queue: string) => `Workers: ${queue}`,
    group: (group: string) => `Consumers: ${group}`,
  },
  {
    temporal: 'Temporal',
    redis: 'Redis',
    document_store: 'Stockage des documents',
    runs: 'Exécutions immobiles',
    stream: 'Flux d’événements',
    dlq: 'Lettres mortes',
    lost: 'Événements tronqués',
    gateway: 'Passerelle des modèles',
    workers: (queue) => `Workers : ${queue}`,
    group: (group) => `Consommateurs : ${group}`,
  },
);
