import { EmbeddingsRequest } from '../../schemas/llm';
import { callOrSettle, type ChatDependencies } from './chat';
import { accountHeaders, createSettle, type Exchange } from './exchange';
import { bodyReader, checkBody, runBudgetOf, withoutDefaults } from './request';
import { inputBound, readUsage } from './usage';

/** `POST /v1/embeddings`. */
export function embeddingsWork({ provider, admit, bodyLimitBytes }: Omit<ChatDependencies, 'maxTokens'>) {
  const readBody = bodyReader(bodyLimitBytes);

  return async (exchange: Exchange): Promise<void> => {
    const { req, res, caller, task, run, signal, facts } = exchange;
    const asked = checkBody(EmbeddingsRequest, withoutDefaults(await readBody(req, res)));
    const request = { ...asked, model: provider.model(asked.model, 'embeddings') };
    facts.model = request.model;
    const bound = { promptBound: inputBound(request), completionBound: 0 };
    const ticket = await admit({ caller, run, budget: runBudgetOf(req), model: request.model, ...bound, signal });
    const settle = createSettle(facts, ticket);
    const answer = await callOrSettle(exchange, settle, () => provider.embed(request, { task, signal }));
    const reported = readUsage(answer.usage);
    res.set(accountHeaders(settle(reported ?? 'bound')));
    res.type('application/json').send(JSON.stringify({ ...answer, usage: reported?.usage }));
  };
}
