/** A mail as far as an order needs it. */
export interface Mail {
  /** address of its sender; absent where it states none */
  from?: string;
  subject?: string;
  /** day on which it says that it was sent, `YYYY-MM-DD` */
  sent?: string;
  /** its words as plain text; an HTML mail without its marks */
  text: string;
  /** its words are in a form that is not read, such as rich text alone */
  unread?: boolean;
  attachments: Attachment[];
}

export interface Attachment {
  /** as the sender named it */
  name: string;
  bytes: Uint8Array;
  /** media type that the mail states, in lower case */
  type: string;
  /** a picture that the words show, such as a logo */
  inline: boolean;
}
