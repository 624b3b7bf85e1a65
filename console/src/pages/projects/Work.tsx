import { useWords } from '../../i18n/words';
import { Status } from '../../parts/Status';
import { PlainTable } from '../../parts/PlainTable';
import type { Project } from './queries';
import { words } from './words';

/** The backlog: what each agent is at, how often, and why it failed. */
export function Work({ items }: Pick<Project, 'items'>) {
  const w = useWords(words);
  return (
    <PlainTable
      label={w.parts.work}
      heads={[w.item, w.agent, w.status, w.rounds, w.headline]}
      figures={[3]}
      rows={items.map(({ title, agent_target, status, rounds, error, deliverable }) => [
        title,
        agent_target,
        <Status key="status" state={status} />,
        rounds,
        error ? `${error.type}: ${error.message}` : (deliverable?.headline ?? ''),
      ])}
    />
  );
}
