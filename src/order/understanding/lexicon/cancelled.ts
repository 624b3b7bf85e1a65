/** Headings of quantities that are no longer wanted, in the form of `plainWords`. */
const CANCELLED =
  /^(?:(?:qty|quantity|units|qte|quantite|nombre|menge|anzahl|stuck|cantidad|cant|unidades|uds|quantita|qta|q ta|aantal|hoeveelheid|quantidade|qtd|ilosc|antal|mangd|maengde|mnozstvi|pocet) )?(?:to )?(?:cancel|cancell?ed|a annuler|annulee?s?|storniert\p{L}*|stornomenge|anulad[ao]s?|cancelad[ao]s?|annullat[aoie]|geannuleerd|anulowan[aey]|annuller\p{L}*|avbestall\p{L}*|afbestilt|zrusen\p{L}*|stornovan\p{L}*)(?: (?:qty|quantity|antal|aantal))?$|^(?:zu stornieren|storno ?menge|da annullare|a anular|te annuleren|do anulowania|ke zruseni)(?: \p{L}+)?$/u;

/** Whether a heading counts what is cancelled: `Cantidad anulada`. */
export const isCancelledCount = (plain: string): boolean => CANCELLED.test(plain);
