import { createContext, useContext } from 'react';
import type { EditStore } from './edit-store';
import type { FieldKey } from './fields';
import type { Sight } from './flags';
import type { Provenance } from './queries';

/** The desk on which an order lies: what its parts tell one another. */
export interface Desk {
  sight: Sight;
  store: EditStore;
  /** nobody may change it here, or now */
  isReadOnly: boolean;
  setActive: (key: FieldKey) => void;
  /** Puts the focus on a field, wherever it is. */
  focus: (key: FieldKey) => void;
  /** Scrolls the sheet to a cell and marks it. `isWanted`: a person has asked for the sheet itself. */
  showCell: (from: Provenance, isWanted?: boolean) => void;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

/** The field that has the focus, or had it last; apart from the desk, so that the other fields are not drawn again. */
export const ActiveContext = createContext<FieldKey | undefined>(undefined);

export const useActive = (): FieldKey | undefined => useContext(ActiveContext);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a field of an order stands on a desk');
  return desk;
}

/** Id of the element of a field, which takes the focus. */
export const idOfField = (key: FieldKey): string => `field-${key.replace(/\s+/g, '_')}`;

/** The inspector, to which `Esc` leads out of a field. */
export const INSPECTOR = 'order-inspector';

/** `Bon de commande!B7` */
export const placeOf = ({ file, sheet, cell }: Provenance): string =>
  cell === undefined ? file : sheet === undefined ? `${file}!${cell}` : `${sheet}!${cell}`;
