import { Button, Menu } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconBookmark, IconBookmarkOff, IconBookmarkPlus } from '@tabler/icons-react';
import { useWords } from '../../i18n/words';
import type { Kind } from './queries';
import type { InboxSearch } from './route';
import { words } from './words';

/** Filters of the inbox that somebody comes back to. */
export type View = Pick<InboxSearch, 'kind' | 'q' | 'mine'>;

const isSame = (one: View, other: View): boolean =>
  one.kind === other.kind && one.q === other.q && one.mine === other.mine;

export const isFiltered = ({ kind, q, mine }: View): boolean => kind !== undefined || q !== undefined || mine === true;

/** Filters that this browser keeps, by what they are, and those that are shown now to be kept or forgotten. */
export function Views({ now, choose }: { now: View; choose: (view: View) => void }) {
  const w = useWords(words);
  const [views, setViews] = useLocalStorage<View[]>({ key: 'awe.inbox.views', defaultValue: [] });
  const isKept = views.some((view) => isSame(view, now));
  const nameOf = ({ kind, q, mine }: View) =>
    [kind && (w.kinds[kind as Kind] ?? kind), q && `“${q}”`, mine && w.mine].filter(Boolean).join(' · ');
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>
          {w.views}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.length === 0 && <Menu.Label>{w.noViews}</Menu.Label>}
        {views.map((view) => (
          <Menu.Item key={nameOf(view)} className="foreign" onClick={() => choose(view)}>
            {nameOf(view)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {isKept ? (
          <Menu.Item
            leftSection={<IconBookmarkOff size={14} aria-hidden />}
            onClick={() => setViews(views.filter((view) => !isSame(view, now)))}
          >
            {w.forgetView}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconBookmarkPlus size={14} aria-hidden />}
            disabled={!isFiltered(now)}
            onClick={() => setViews([...views, now])}
          >
            {w.keepView}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
