/** A name of a file inside the evidence that is safe to unpack anywhere: relative, without a step up. */
export function isSafeName(name: string): boolean {
  return (
    name.length <= 200 &&
    /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(name) &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** What the ZIP file of a message's evidence is called. */
export function evidenceName({ origin, id }: { readonly origin: string; readonly id: string }): string {
  return `evidence-${origin}-${id}.zip`.replace(/[^A-Za-z0-9._-]/g, '_');
}
