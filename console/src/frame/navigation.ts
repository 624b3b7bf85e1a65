import {
  IconAlertTriangle,
  IconBook2,
  IconCalendarClock,
  IconChartBar,
  IconCoins,
  IconHome,
  IconInbox,
  IconPackage,
  IconPlayerPlay,
  IconPlus,
  IconRobot,
  IconRoute,
  IconShieldCheck,
  IconTargetArrow,
  IconTool,
  type Icon,
} from '@tabler/icons-react';
import type { words } from './frame.words';

/** Pages in the order of the menu: those who decide first, then those who operate. */
export const navigation = [
  { to: '/', word: 'home', icon: IconHome },
  { to: '/inbox', word: 'inbox', icon: IconInbox },
  { to: '/start', word: 'start', icon: IconPlus },
  { to: '/orders', word: 'orders', icon: IconPackage },
  { to: '/jobs', word: 'jobs', icon: IconTargetArrow },
  { to: '/projects', word: 'projects', icon: IconChartBar },
  { to: '/definitions', word: 'definitions', icon: IconRoute },
  { to: '/runs', word: 'runs', icon: IconPlayerPlay },
  { to: '/dead-letters', word: 'deadLetters', icon: IconAlertTriangle },
  { to: '/tools', word: 'tools', icon: IconTool },
  { to: '/agents', word: 'agents', icon: IconRobot },
  { to: '/policy', word: 'policy', icon: IconShieldCheck },
  { to: '/schedules', word: 'schedules', icon: IconCalendarClock },
  { to: '/ledger', word: 'ledger', icon: IconBook2 },
  { to: '/costs', word: 'costs', icon: IconCoins },
] as const satisfies readonly { to: string; word: keyof (typeof words)['en']; icon: Icon }[];
