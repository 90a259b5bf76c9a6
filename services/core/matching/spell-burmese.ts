/** Endings of a syllable, the longest first: Burmese writes them with letters that stand for other sounds elsewhere. */
const RHYMES: readonly (readonly [burmese: string, latin: string])[] = [
  ['ောင်', 'aung'],
  ['ိုင်', 'aing'],
  ['ိုက်', 'aik'],
  ['ောက်', 'auk'],
  ['ော်', 'aw'],
  ['ော', 'aw'],
  ['ေါ်', 'aw'],
  ['ို', 'o'],
  ['ွန်', 'un'],
  ['ုန်', 'on'],
  ['ုံ', 'on'],
  ['ိန်', 'ein'],
  ['ိမ်', 'ein'],
  ['ိတ်', 'eit'],
  ['ိပ်', 'eik'],
  ['ုတ်', 'ok'],
  ['ုပ်', 'ok'],
  ['န်', 'an'],
  ['မ်', 'an'],
  ['ံ', 'an'],
  ['င်', 'in'],
  ['ဉ်', 'in'],
  ['က်', 'et'],
  ['တ်', 'at'],
  ['ပ်', 'at'],
  ['ည်', 'i'],
  ['ယ်', 'e'],
];

const LETTERS: Readonly<Record<string, string>> = {
  စ: 's',
  ဆ: 's',
  ဇ: 'z',
  ထ: 't',
  ဖ: 'p',
  ခ: 'k',
  ဘ: 'b',
  ဝ: 'w',
  ရ: 'y',
  သ: 'th',
  အ: '',
  င: 'ng',
  ည: 'ny',
  ဥ: 'u',
  ဦ: 'u',
  ဒ: 'd',
  ဂ: 'g',
  'ျ': 'y',
  'ြ': 'y',
  'ွ': 'w',
  'ှ': '',
  '္': '',
  '့': '',
  'း': '',
  '်': '',
};

/**
 * Burmese words as they are commonly romanised (MLC transcription without tones, roughly): rhymes by a table, letters by
 * another. What is in neither stays as it is.
 */
export function spellBurmese(text: string): string {
  if (!/\p{Script=Myanmar}/u.test(text)) return text;
  // Tone marks stand between a vowel and what closes the syllable.
  let spelled = text.replace(/[့း]/gu, '');
  for (const [burmese, latin] of RHYMES) spelled = spelled.replaceAll(burmese, latin);
  return [...spelled].map((letter) => LETTERS[letter] ?? letter).join('');
}
