import { ActionIcon } from '@mantine/core';
import { IconBolt, IconBoltOff, IconPlayerPlay, IconRefreshAlert } from '@tabler/icons-react';
import { useWords } from '../i18n/words';
import { useLive } from '../live/live';
import { words } from './frame.words';

const SIGNS = { live: IconBolt, connecting: IconBoltOff, away: IconRefreshAlert, paused: IconPlayerPlay };

/** Says whether pages are told of changes at once, and stops it. */
export function LiveState() {
  const w = useWords(words);
  const { state, pause } = useLive();
  const Sign = SIGNS[state];
  const label = `${w[state]}. ${state === 'paused' ? w.resume : w.pause}`;
  return (
    <ActionIcon
      variant={state === 'away' ? 'filled' : 'default'}
      color={state === 'away' ? 'orange' : undefined}
      aria-label={label}
      onClick={() => pause(state !== 'paused')}
    >
      <Sign size={16} />
    </ActionIcon>
  );
}
