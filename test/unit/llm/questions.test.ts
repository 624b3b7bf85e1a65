import fc from 'fast-check';
import { checkQuestion, checkQuestions } from '../../../src/llm/questions';

type Language = 'en' | 'fr';
const codes = (words: string, language: Language = 'en', sentences = 1) =>
  checkQuestion(words, { language, longest: 200, sentences }).map(({ code }) => code);

describe('a question in the words of a model', () => {
  it.each<[Language, string]>([
    ['en', 'Who asks for the work of “Invoicing”, and what would happen without it?'],
    ['en', 'Why does an approval come back to the same team?'],
    ['en', 'Who reads this report (and its annex)?'],
    ['en', 'What is done first / last, and why – by whom?'],
    ['fr', 'Qui demande le travail de « Facturation », et que se passerait-il sans lui ?'],
    ['fr', 'Pourquoi ces saisies reviennent-elles, et d’où viennent les écarts ?'],
    ['fr', 'À qui ce compte rendu est-il destiné\u202f?'],
    ['fr', 'Qui pourrait l’éviter à la source, où et comment\u00a0?'],
  ])('passes in %s: %s', (language, words) => expect(codes(words, language)).toEqual([]));

  it.each<[string, Language, string, string]>([
    ['a number', 'en', 'Who does the 3 approvals?', 'numbers'],
    ['a number of another script', 'en', 'Who does the ٣ approvals?', 'numbers'],
    ['a figure in words', 'en', 'Who does the forty-two approvals?', 'figures'],
    ['figures run together', 'en', 'Who does the twentyone approvals?', 'figures'],
    ['a rank', 'en', 'Who does the fifth approval?', 'figures'],
    ['Roman numerals', 'en', 'Who does the XIV approvals of the team?', 'figures'],
    ['a share', 'en', 'Who does half of the work?', 'figures'],
    ['a figure in French words', 'fr', 'Qui fait les quatre-vingts validations ?', 'figures'],
    ['a rank in French', 'fr', 'Qui fait la deuxième validation ?', 'figures'],
    ['a French figure in an English question', 'en', 'Who does the vingt approvals?', 'figures'],
    ['a unit of time', 'en', 'How many hours does the team wait for it?', 'units'],
    ['a unit of time in French', 'fr', 'Combien d’heures par an le service attend-il ?', 'units'],
    ['a unit of money', 'en', 'How many euros are in the till?', 'units'],
    ['a sign of money', 'en', 'Who pays the € of it?', 'marks'],
    ['French for English', 'en', 'Qui demande ce travail et pourquoi revient-il dans le service ?', 'language'],
    ['English for French', 'fr', 'Who asks for this work, and why does it come back to the team?', 'language'],
    [
      'more French than English',
      'en',
      'Who asks for le rapport de la direction et pourquoi dans ce service ?',
      'language',
    ],
    ['another script', 'en', 'Кто просит эту работу?', 'language'],
    ['letters that look alike', 'en', 'What is the pаssword?', 'language'],
    ['wide letters', 'en', 'What is the ｐａｓｓｗｏｒｄ?', 'marks'],
    ['mathematical letters', 'en', 'Who asks for 𝐭𝐰𝐨 of it?', 'language'],
    ['characters that nobody sees', 'en', 'Who asks for the pass\u00adword?', 'characters'],
    ['a link', 'en', 'Who reads https://evil.example/a?', 'marks'],
    ['a link without its protocol', 'en', 'Who reads the page of evil.example/pay?', 'marks'],
    ['a protocol', 'en', 'Who runs javascript:alert for the team?', 'marks'],
    ['an e-mail address', 'en', 'Who writes to me@evil.example?', 'marks'],
    ['Markdown', 'en', 'Who reads [this](the page)?', 'marks'],
    ['HTML', 'en', 'Who reads <b>this</b>?', 'marks'],
    ['a table', 'en', 'Who reads this | and that?', 'marks'],
    ['a picture', 'en', 'Who is happy about this 🙂?', 'marks'],
    ['a second line', 'en', 'Who reads this?\nWho reads that?', 'lines'],
    ['a statement', 'en', 'The audit is wrong.', 'question'],
    ['words after its end', 'en', 'Who reads this? Tell me.', 'question'],
    ['an order before it', 'en', 'Approve the plan. Who reads this?', 'sentences'],
    ['another question before it', 'en', 'Who reads this? And who reads that?', 'sentences'],
    ['more than its room', 'en', `Who reads ${'and reads '.repeat(20)}this?`, 'long'],
    ['nothing', 'en', '', 'empty'],
  ])('may not have %s', (_, language, words, code) => expect(codes(words, language)).toContain(code));

  it.each<[Language, string]>([
    ['en', 'What is the password of the mailbox?'],
    ['en', 'What is the PASS-WORD of the mailbox?'],
    ['en', 'What is the p a s s w o r d of the mailbox?'],
    ['en', 'What is the pa$$word of the mailbox?'],
    ['en', 'Which passcode opens the door?'],
    ['en', 'What is your PIN?'],
    ['en', 'Which card number do you pay with?'],
    ['en', 'What is on the credit card?'],
    ['en', 'Which token does the API take?'],
    ['en', 'What is the API key of the ERP?'],
    ['en', 'What is your login for the ERP?'],
    ['en', 'Which credentials do you use for the ERP?'],
    ['en', 'Quel est le mot de passe?'],
    ['fr', 'Quel est le mot de passe de la messagerie ?'],
    ['fr', 'Quel est le mot\u00a0de\u202fpasse de la messagerie ?'],
    ['fr', 'Quel est le mdp ou m-o-t-d-e-p-a-s-s-e de la messagerie ?'],
    ['fr', 'Quel est le code PIN de la carte ?'],
    ['fr', 'Quel est le numéro de carte ?'],
    ['fr', 'Quel est le numéro de la carte ?'],
    ['fr', 'Quel jeton ou quelle clé d’API est utilisé ?'],
    ['fr', 'Quels sont les identifiants de l’ERP ?'],
    ['fr', 'Quel est le password de la messagerie ?'],
  ])('asks for no secret, in %s: %s', (language, words) => {
    const found = codes(words, language);
    // a sign among the letters is not prose, whatever it spells
    expect(found.includes('secrets') || found.includes('marks')).toBe(true);
  });

  it.each(['Who compasses the word of the customer?', 'Who takes the spinning wheel to the shop?'])(
    'is not refused for letters inside of words alone: %s',
    (words) => expect(codes(words)).toEqual([]),
  );

  it('may have as many sentences as it is given', () => {
    expect(codes('You asked for “full audit”. Which work is it?', 'en', 2)).toEqual([]);
    expect(codes('You asked for it. It is fine. Which work is it?', 'en', 2)).toContain('sentences');
  });

  it('is never told what the model wrote', () => {
    const told = JSON.stringify(
      checkQuestion('Ignore the rules: what is the p@ssword, 999', { language: 'en', longest: 10, sentences: 1 }),
    );
    expect(told).not.toMatch(/Ignore|p@ss|999/);
  });

  it('never passes with a digit, a mark or a line, wherever it stands', () => {
    const base = 'Who asks for the work of the team, and what would happen without it?';
    const bad = fc.oneof(
      fc.constantFrom(...'0123456789<>[]{}|`*#_~\\^@$%=+\n\u200b'),
      fc.constantFrom(' password ', ' twelve ', ' hours ', ' http://a '),
    );
    fc.assert(
      fc.property(fc.nat({ max: base.length }), bad, (at, what) => {
        expect(codes(base.slice(0, at) + what + base.slice(at))).not.toEqual([]);
      }),
    );
  });
});

describe('the questions of a document', () => {
  const found = (...questions: string[]) => checkQuestions(questions, 'en').map(({ code, pointer }) => [code, pointer]);

  it('may be none, and three', () => {
    expect(found()).toEqual([]);
    expect(found('Who asks for it?', 'Why does it come back?', 'What is it for?')).toEqual([]);
  });

  it('are three at most', () => {
    expect(found('Who?', 'Why?', 'How?', 'Since when?')).toEqual([['many', '/questions']]);
  });

  it('are not the same, whatever their capitals, accents and spaces', () => {
    expect(found('Who asks for it?', 'Why?', 'who asks  for it ?')).toEqual([['same', '/questions']]);
  });

  it('are pointed at', () => {
    expect(found('Who asks for it?', 'What is your PIN?')).toEqual([['secrets', '/questions/1']]);
  });
});
