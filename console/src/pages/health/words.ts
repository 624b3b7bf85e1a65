import { defineWords } from '../../i18n/words';

export const words = defineWords(
  {
    title: 'Health',
    about: 'What the API sees of what it needs, asked again every few seconds.',
    list: 'Dependencies',
    ready: 'Work is accepted and done.',
    notReady: 'No work is accepted now',
    uptime: (time: string) => `This API process has been up for ${time}.`,
    name: 'What',
    state: 'State',
    detail: 'Details',
    todo: 'What to do',
    remedies: {
      temporal: 'Start Temporal, or look at its log. Runs go on by themselves once it is back; nothing is lost.',
      redis: 'Start Redis, or look at its log. Requests are accepted meanwhile, and events reach their streams later.',
      document_store: 'Make room on its disk, or mend its mount. Until then nothing new is accepted.',
      runs: 'Open the run, see what its step waits for, and retry or cancel it.',
      stream: 'Run “awe events rebuild”: it puts back what the stream has lost, each event once.',
      dlq: 'Look at the dead letters by their reasons; mend what made them, then send them again.',
      lost: 'Nothing, if its number does not grow. Consumers that lag let events be cut off: start more of them.',
      gateway: 'Start the LLM gateway, or look at its log. Steps that ask a model are tried again until it is back.',
      workers: 'Start a worker for this queue (“awe up”, or your service manager). Its work waits; nothing is lost.',
      group: 'Start its consumers, or look at their log. Entries that it gives up become dead letters.',
      unknown: 'The state is not known: it depends on something else that is away. Mend that first.',
    },
    runsLink: 'Runs',
  },
  {
    title: 'Santé',
    about: 'Ce que l’API voit de ce dont elle a besoin, demandé à nouveau toutes les quelques secondes.',
    list: 'Dépendances',
    ready: 'Le travail est accepté et exécuté.',
    notReady: 'Aucun travail n’est accepté pour l’instant',
    uptime: (time) => `Ce processus de l’API tourne depuis ${time}.`,
    name: 'Quoi',
    state: 'État',
    detail: 'Détails',
    todo: 'Que faire',
    remedies: {
      temporal:
        'Démarrez Temporal, ou consultez son journal. Les exécutions reprennent d’elles-mêmes à son retour ; rien n’est perdu.',
      redis:
        'Démarrez Redis, ou consultez son journal. Les demandes sont acceptées entre-temps, et les événements rejoignent leurs flux plus tard.',
      document_store:
        'Faites de la place sur son disque, ou réparez son montage. D’ici là, rien de nouveau n’est accepté.',
      runs: 'Ouvrez l’exécution, voyez ce qu’attend son étape, puis réessayez-la ou annulez-la.',
      stream: 'Lancez « awe events rebuild » : ce que le flux a perdu y est remis, chaque événement une fois.',
      dlq: 'Regardez les lettres mortes par motif ; réparez ce qui les a causées, puis renvoyez-les.',
      lost: 'Rien, si le nombre n’augmente pas. Des consommateurs en retard laissent tronquer des événements : démarrez-en plus.',
      gateway:
        'Démarrez la passerelle des modèles, ou consultez son journal. Les étapes qui sollicitent un modèle sont réessayées jusqu’à son retour.',
      workers:
        'Démarrez un worker pour cette file (« awe up », ou votre gestionnaire de services). Son travail attend ; rien n’est perdu.',
      group:
        'Démarrez ses consommateurs, ou consultez leur journal. Les entrées qu’il abandonne deviennent des lettres mortes.',
      unknown: 'L’état n’est pas connu : il dépend d’autre chose qui est absent. Réparez cela d’abord.',
    },
    runsLink: 'Exécutions',
  },
);
