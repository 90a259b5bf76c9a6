import '@fontsource-variable/noto-sans/wght.css';
import '@fontsource-variable/noto-sans-thai/wght.css';
import '@fontsource-variable/noto-sans-lao/wght.css';
import '@fontsource-variable/noto-sans-khmer/wght.css';
import '@fontsource-variable/noto-sans-myanmar/wght.css';

/** The list of the many small files of Chinese letters: loaded once all else stands. */
export async function loadChineseFont(): Promise<void> {
  await import('@fontsource-variable/noto-sans-sc/wght.css');
}
