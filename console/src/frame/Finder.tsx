import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { answer, api } from '../api/client';
import { defineWords, useWords } from '../i18n/words';
import { words as frame } from './frame.words';
import { navigation } from './navigation';

const words = defineWords(
  {
    pages: 'Pages',
    open: 'Open by its name',
    waiting: 'Waiting',
    nothing: 'Nothing is called so.',
    order: 'Order',
    job: 'Job',
    run: 'Run',
    project: 'Audit',
  },
  {
    pages: 'Pages',
    open: 'Ouvrir par son nom',
    waiting: 'En attente',
    nothing: 'Rien ne porte ce nom.',
    order: 'Commande',
    job: 'Tâche',
    run: 'Exécution',
    project: 'Audit',
  },
);

const [store, { open }] = createSpotlight();

/** Finds pages, what waits, and anything by its name. */
export default function Finder({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const f = useWords(frame);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const q = text.trim();
  const waiting = useQuery({
    queryKey: ['finder', q],
    enabled: q.length > 1,
    queryFn: ({ signal }) => answer(api.GET('/inbox', { params: { query: { q, limit: 8 } }, signal })),
  });
  useEffect(open, []);

  const go = (to: string) => () => void navigate({ to });
  const sign = <IconArrowRight size={16} aria-hidden />;
  const named = (label: string, folder: string) => ({
    ...{ id: folder, label: `${label} ${q}`, keywords: q },
    ...{ leftSection: sign, onClick: go(`/${folder}/${encodeURIComponent(q)}`) },
  });
  const groups: SpotlightActionGroupData[] = [
    {
      group: w.pages,
      actions: navigation.map(({ to, word, icon: Sign }) => ({
        ...{ id: to, label: f[word], leftSection: <Sign size={16} aria-hidden />, onClick: go(to) },
      })),
    },
    {
      group: w.waiting,
      actions: (waiting.data?.items ?? []).map(({ id, title, kind, subject }) => ({
        ...{ id, label: title, description: `${kind} · ${subject}`, keywords: q },
        onClick: () => void navigate({ to: '/inbox', search: { at: id } }),
      })),
    },
    {
      group: w.open,
      actions:
        q === '' || /\s/.test(q)
          ? []
          : [named(w.order, 'orders'), named(w.job, 'jobs'), named(w.run, 'runs'), named(w.project, 'projects')],
    },
  ];
  return (
    <Spotlight
      store={store}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      shortcut={null}
      query={text}
      onQueryChange={setText}
      onSpotlightClose={onClose}
      nothingFound={w.nothing}
      limit={20}
      scrollable
      searchProps={{ leftSection: <IconSearch size={16} aria-hidden />, placeholder: f.search, 'aria-label': f.search }}
    />
  );
}
