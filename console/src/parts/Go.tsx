import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Ids stand in paths as they are but for what a path reads otherwise. */
export const pathOf = (...parts: readonly string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;

/** A link to another page of the console, such as `pathOf('runs', id)`. */
export function Go({ to, search, children }: { to: string; search?: object; children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} search={search as never} size="sm" className="foreign" underline="always">
      {children}
    </Anchor>
  );
}
