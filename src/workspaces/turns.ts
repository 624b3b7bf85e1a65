/** Makes works on the same thing wait for each other, within the process. */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(thing: string, work: () => Promise<T>): Promise<T> => {
    const mine = (last.get(thing) ?? Promise.resolve()).then(work, work);
    last.set(thing, mine);
    try {
      return await mine;
    } finally {
      if (last.get(thing) === mine) last.delete(thing);
    }
  };
}
