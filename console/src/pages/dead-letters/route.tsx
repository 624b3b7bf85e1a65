import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { numberOf, textOf, wordOf } from '../../parts/search';
import { AGES, STAGES, type Age, type Stage } from './filters';

/** Which dead letters are shown, and which of them is looked at. */
export interface DeadLettersSearch {
  stage?: Stage;
  error_class?: string;
  event_type?: string;
  group?: string;
  process?: string;
  /** tried at least this often */
  attempts?: number;
  age?: Age;
  /** the id of the letter that is looked at */
  letter?: string;
}

export const deadLettersRoute = createRoute({
  getParentRoute: () => root,
  path: '/dead-letters',
  validateSearch: (search: Record<string, unknown>): DeadLettersSearch => ({
    stage: wordOf(STAGES, search.stage),
    error_class: textOf(search.error_class),
    event_type: textOf(search.event_type),
    group: textOf(search.group),
    process: textOf(search.process),
    attempts: numberOf(search.attempts),
    age: wordOf(AGES, search.age),
    letter: textOf(search.letter),
  }),
}).lazy(() => import('./DeadLetters').then(({ page }) => page));
