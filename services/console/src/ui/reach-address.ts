/** An address for the telephone of what somebody wrote as a number; undefined where it is none. */
export function telephoneAddress(text: string): string | undefined {
  const digits = text.replace(/[\s()./-]/g, '');
  return /^\+?[0-9]{3,20}$/.test(digits) ? `tel:${digits}` : undefined;
}

/** An address for mail of what somebody wrote as one; undefined where it is none. */
export function mailAddress(text: string): string | undefined {
  return /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(text) ? `mailto:${text}` : undefined;
}
