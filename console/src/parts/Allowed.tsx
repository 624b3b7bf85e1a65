import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay, type Role } from '../api/session';
import { defineWords, useWords } from '../i18n/words';

const words = defineWords(
  { needs: (roles: string) => `This needs the role ${roles}, which you do not have.` },
  { needs: (roles: string) => `Il faut pour cela le rôle ${roles}, que vous n’avez pas.` },
);

interface AllowedProps extends ButtonProps {
  /** roles of which one suffices */
  roles: readonly Role[];
  onClick: () => void;
  /** why it cannot be done now, whoever asks */
  obstacle?: string;
  children: ReactNode;
}

/** A button for what not everybody may do: it is shown to all, disabled with its reason for the others. */
export function Allowed({ roles, onClick, obstacle, children, ...props }: AllowedProps) {
  const w = useWords(words);
  const may = useMay(...roles);
  const reason = may ? obstacle : w.needs(roles.join(' / '));
  if (reason === undefined)
    return (
      <Button onClick={onClick} {...props}>
        {children}
      </Button>
    );
  return (
    <Tooltip label={reason} multiline maw={320} withArrow events={{ hover: true, focus: true, touch: true }}>
      <Button {...props} aria-disabled data-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
