import { counted, defineWords } from '../../i18n/words';

export const words = defineWords(
  {
    from: (step: string) => `Run again from ${step}`,
    failed: 'Retry what failed',
    fromAbout: 'A new execution of the same version takes over the results of the other steps, and runs these:',
    failedAbout: 'The execution goes on from its failed steps; what is done stays.',
    keeps: (count: number) => counted('en', count, 'result is taken over', 'results are taken over'),
    effects: 'These effects would happen again',
    none: 'No effect would happen again.',
    unknown: 'nobody knows whether it has happened',
    done: 'done',
    confirm: 'I know that these happen again',
    action: 'Run again',
    cancel: 'Cancel',
    begun: 'It has begun.',
  },
  {
    from: (step: string) => `Relancer depuis ${step}`,
    failed: 'Réessayer les échecs',
    fromAbout:
      'Une nouvelle exécution de la même version reprend les résultats des autres étapes, et exécute celles-ci :',
    failedAbout: 'L’exécution reprend à ses étapes échouées ; ce qui est fait reste.',
    keeps: (count: number) => counted('fr', count, 'résultat est repris', 'résultats sont repris'),
    effects: 'Ces effets se produiraient de nouveau',
    none: 'Aucun effet ne se produirait de nouveau.',
    unknown: 'personne ne sait s’il s’est produit',
    done: 'fait',
    confirm: 'Je sais que ces effets se produiront de nouveau',
    action: 'Relancer',
    cancel: 'Annuler',
    begun: 'C’est lancé.',
  },
);
