import type { Message, Prover } from '../../src/access/proof';

/** Proofs of messages to runs: workflows hold no keys. */
export function createProofActivities({ prover }: { prover: Pick<Prover, 'proves'> }) {
  return {
    /** True if a message bears a proof that it comes from who may speak for a person. */
    async checkProof(message: Message): Promise<{ proved: boolean }> {
      return { proved: prover.proves(message) };
    },
  };
}
