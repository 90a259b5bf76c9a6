/** Where what is written in operations is kept: a part of the browser's own storage, which is there at once. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const POST = 'liaison.post.';
const CHARTER = 'liaison.charter.';

/** The place of what an officer writes to an operation. Of the three, only officers' names have dots in them. */
export function postPlace(office: string, officer: string, operation: string): string {
  return `${POST}${office}.${officer}.${operation}`;
}

/** The place of the charter that an officer is about to propose. */
export function charterPlace(office: string, officer: string): string {
  return `${CHARTER}${office}.${officer}`;
}

/** The places where something of that officer is kept. */
export function placesOf(storage: DraftStorage, office: string, officer: string): readonly string[] {
  const posts = `${POST}${office}.`;
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return names.filter(
    (name) =>
      name === charterPlace(office, officer) ||
      (name.startsWith(posts) && name.slice(posts.length, name.lastIndexOf('.')) === officer),
  );
}

/** Keeps a text in place of what was kept there, or nothing for null; false where the device has no room for it. */
export function keepText(
  storage: Pick<DraftStorage, 'setItem' | 'removeItem'>,
  place: string,
  text: string | null,
): boolean {
  try {
    if (text === null) storage.removeItem(place);
    else storage.setItem(place, text);
    return true;
  } catch {
    return false;
  }
}
