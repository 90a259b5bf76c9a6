/** As English dates name them, which stand in where a browser has no dates of a language. */
const ENGLISH = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The months in the languages of which browsers often have no dates, as CLDR names them. */
const MONTHS: Readonly<Record<string, readonly string[]>> = {
  lo: 'ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ'.split(' '),
  km: 'មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ'.split(' '),
  my: 'ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ'.split(' '),
};

/** Whether dates of that language are the English ones with its own names of months. */
export function hasOwnMonths(tag: string): boolean {
  return Object.hasOwn(MONTHS, tag);
}

/** The parts of an English date with the months of that language: `22 ພະຈິກ 2026, 14:03`, with no English word left. */
export function withOwnMonths(
  tag: string,
  parts: readonly { readonly type: string; readonly value: string }[],
): string {
  return parts
    .map(({ type, value }) => {
      if (type === 'month') return MONTHS[tag]?.[ENGLISH.indexOf(value.slice(0, 3))] ?? value;
      return type === 'literal' && value.trim() === 'at' ? ', ' : value;
    })
    .join('');
}
