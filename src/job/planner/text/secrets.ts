import type { Refused } from '../refusal';

/** Keys and tokens that can be known by their form, and addresses that hold one. */
const SHAPES = [
  /\bsk-[\w-]{16,}|\bgh[pousr]_\w{20,}|\bxox[abps]-[\w-]{10,}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g,
  /(?<=https?:\/\/)[^\s/@]+:[^\s/@]+(?=@)/g,
  /(?<=[?&](?:api_?key|access_token|token|auth|secret|password)=)[^&\s"'{}$]{4,}/gi,
];

/** Secrets that stand in a goal. Their text is not repeated in the message. */
export function plainSecrets(goal: string): Refused[] {
  return SHAPES.flatMap((shape) =>
    [...goal.matchAll(shape)].map(({ 0: part, index }) => ({
      part,
      from: index,
      to: index + part.length,
      message: 'a secret does not stand in a goal: keep it in the environment or a file and name it, such as API_TOKEN',
      near: ['fetch https://api.example.com/users with the token in API_TOKEN'],
    })),
  );
}
