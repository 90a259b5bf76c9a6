declare const brand: unique symbol;

/** A value whose type says what has been proved of it; made only by the parser or constructor named after the brand. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
