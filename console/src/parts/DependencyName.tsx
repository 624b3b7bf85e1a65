import { useWords } from '../i18n/words';
import { words } from './dependency.words';
import { Go } from './Go';

type Fixed = Exclude<keyof typeof words.en, 'workers' | 'group'>;

/** What the platform depends on, by the name that the API gives it, such as `workers:orders`. */
export function DependencyName({ name }: { name: string }) {
  const w = useWords(words);
  const [kind = '', part = ''] = name.split(':');
  if (kind === 'workers') return <>{w.workers(part)}</>;
  if (kind === 'group') return <>{w.group(part)}</>;
  if (kind === 'dlq') return <Go to="/dead-letters">{w.dlq}</Go>;
  return <>{w[name as Fixed] ?? name}</>;
}
