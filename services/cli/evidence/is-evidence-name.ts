const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Whether that is a file name within a folder of evidence, which leads out of it nowhere. Thumbprints may begin with `-` or `_`. */
export function isEvidenceName(name: string): boolean {
  return NAME.test(name);
}
