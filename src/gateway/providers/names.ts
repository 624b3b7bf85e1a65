import type { Provider } from '../provider';

/** The names of a provider's models. */
export interface ModelNames {
  /** the model behind the name `default` */
  model: string;
  embeddingModel?: string;
  /** further names of models */
  aliases: Readonly<Record<string, string>>;
}

/** The models that callers may count on, and the provider's own name for each; any other name is taken as it is. */
export function modelsOf({ model, embeddingModel, aliases }: ModelNames): Pick<Provider, 'models' | 'model'> {
  const all = ['default', ...Object.keys(aliases), model, ...Object.values(aliases)];
  return {
    models: [...new Set(embeddingModel === undefined ? all : [...all, embeddingModel])],
    model(name, of) {
      if (name === 'default') return of === 'embeddings' ? (embeddingModel ?? model) : model;
      return Object.hasOwn(aliases, name) ? (aliases[name] as string) : name;
    },
  };
}

const NAME = /^\w[\w.:/@-]{0,199}$/;

/** The model that has answered; some servers name a file of theirs, and then it is the one that was asked. */
export const answeringModel = (name: string | null | undefined, asked: { model: string }): string =>
  name != null && NAME.test(name) ? name : asked.model;
