import { defineWords } from '../i18n/words';

export const words = defineWords(
  {
    loading: 'Loading…',
    failed: 'This did not work',
    forbidden: 'You may not see this',
    missing: 'There is nothing at this address',
    noPage: 'The console has no such page. The menu leads to those that there are.',
    home: 'Home',
    again: 'Try again',
    request: 'Request',
    copy: 'Copy the request id',
    broken: 'This page has stopped working. Nothing is lost: what was sent is kept by the server.',
  },
  {
    loading: 'Chargement…',
    failed: 'Cela n’a pas fonctionné',
    forbidden: 'Vous ne pouvez pas voir ceci',
    missing: 'Il n’y a rien à cette adresse',
    noPage: 'La console n’a pas de telle page. Le menu mène à celles qui existent.',
    home: 'Accueil',
    again: 'Réessayer',
    request: 'Requête',
    copy: 'Copier le numéro de requête',
    broken: 'Cette page ne fonctionne plus. Rien n’est perdu : ce qui a été envoyé est gardé par le serveur.',
  },
);
