import '@fontsource-variable/noto-sans/wght.css';
import '@fontsource-variable/noto-sans-thai/wght.css';
import '@fontsource-variable/noto-sans-lao/wght.css';
import '@fontsource-variable/noto-sans-khmer/wght.css';
import '@fontsource-variable/noto-sans-myanmar/wght.css';

const CHINESE = /\p{Script=Han}/u;

let chinese: Promise<unknown> | undefined;

/** The list of the many small files of Chinese letters, which takes more than all others together: once, and when needed. */
export async function loadChineseFont(): Promise<void> {
  chinese ??= import('@fontsource-variable/noto-sans-sc/wght.css');
  try {
    await chinese;
  } catch {
    // A device that has such letters draws them meanwhile; the next text asks again.
    chinese = undefined;
  }
}

/** Loads what the letters of that text need beyond what is there. */
export function loadFontFor(text: string): void {
  if (chinese === undefined && CHINESE.test(text)) void loadChineseFont();
}
