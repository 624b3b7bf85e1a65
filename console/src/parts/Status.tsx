import { Badge, type BadgeProps } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconHelpCircle,
  IconLoader2,
  IconMinus,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useWords } from '../i18n/words';
import { words } from './status.words';

/** What a state means, whatever it is called: each has a colour and a sign, so that colour never stands alone. */
const MEANINGS: Readonly<Record<string, { color: string; sign: Icon }>> = {
  good: { color: 'green', sign: IconCheck },
  busy: { color: 'awe', sign: IconLoader2 },
  asks: { color: 'orange', sign: IconHelpCircle },
  bad: { color: 'red', sign: IconX },
  odd: { color: 'yellow', sign: IconAlertTriangle },
  held: { color: 'gray', sign: IconPlayerPause },
  skipped: { color: 'gray', sign: IconPlayerSkipForward },
  ended: { color: 'gray', sign: IconBan },
  waits: { color: 'gray', sign: IconClock },
  unknown: { color: 'gray', sign: IconMinus },
};

/** The meaning of each state that the API names, of runs, steps, orders, dependencies and decisions. */
const STATES: Readonly<Record<string, keyof typeof MEANINGS>> = {
  ...each(
    'good',
    'completed',
    'exported',
    'approved',
    'up',
    'ok',
    'accept',
    'allow',
    'active',
    'enabled',
    'accepted',
    'pinned',
    'delivered',
    'decided',
    'idle',
    'usable',
  ),
  ...each(
    'busy',
    'running',
    'mirroring',
    'reading',
    'planning',
    'executing',
    'recovering',
    'under_way',
    'started',
    'working',
  ),
  ...each(
    'asks',
    'waiting',
    'pending_validation',
    'awaiting_approval',
    'open',
    'ask',
    'at_limit',
    'reviewing',
    'approve',
    'withheld',
  ),
  ...each(
    'bad',
    'failed',
    'down',
    'deny',
    'terminated',
    'timed_out',
    'rejected',
    'reject',
    'dead',
    'unavailable',
    'unusable',
  ),
  ...each('odd', 'degraded', 'unknown_outcome', 'expired', 'withdrawn', 'new', 'changed'),
  ...each('held', 'paused', 'disabled', 'absent'),
  ...each('skipped', 'skipped'),
  ...each('ended', 'cancelled', 'split', 'discarded', 'redriven', 'gone'),
  ...each('waits', 'pending', 'scheduled', 'timed'),
};

function each(meaning: keyof typeof MEANINGS, ...states: string[]) {
  return Object.fromEntries(states.map((state) => [state, meaning]));
}

/** The state that a choice leads to: a choice and a rule of the policy may have one name. */
export const stateOfChoice = (choice: string): string =>
  ({ approve: 'approved', reject: 'rejected' })[choice] ?? choice;

/** A state in a word of the reader's language, with its colour and sign. */
export function Status({ state, ...props }: { state: string } & BadgeProps) {
  const known = useWords(words) as Readonly<Record<string, string>>;
  const { color, sign: Sign } = MEANINGS[STATES[state.toLowerCase()] ?? 'unknown'] ?? MEANINGS['unknown']!;
  return (
    <Badge
      color={color}
      variant="light"
      tt="none"
      miw="max-content"
      leftSection={<Sign size={12} aria-hidden />}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
      {...props}
    >
      {known[state.toLowerCase()] ?? state.toLowerCase().replaceAll('_', ' ')}
    </Badge>
  );
}
