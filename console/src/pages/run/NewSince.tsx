import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/words';
import { words } from './decide.words';
import { Difference } from './Difference';
import { planQuery, type Drawn } from './queries';

interface NewSinceProps {
  workflowId: string;
  drawn: Drawn;
  /** the version that was shown before; else the one that was last approved */
  seen?: number;
}

/** What is new in a plan since somebody last looked at it, or said yes to it. */
export function NewSince({ workflowId, drawn: { version }, seen }: NewSinceProps) {
  const w = useWords(words);
  const own = useQuery(planQuery(workflowId, version, { version }));
  const approved = own.data?.versions.findLast((one) => one.version < version && one.approved_by !== undefined);
  const since = seen ?? approved?.version;
  const beside = useQuery({ ...planQuery(workflowId, version, { version, since }), enabled: since !== undefined });
  const difference = beside.data?.difference;
  if (since === undefined || !difference) return null;
  const title = seen === undefined ? w.sinceYes(since, approved?.approved_by ?? '') : w.since(since);
  return <Difference difference={difference} title={title} />;
}
