/** Waits until something holds, checking 20 times a second; fails after `ms`. */
export async function until(holds: () => Promise<boolean> | boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the condition did not hold within ${ms} ms`);
}
