import type { Names } from '../src/i18n/catalogue.ts';

/** The nations of the region and next to it; they stand first. */
const NEAR = 'KH LA MM TH VN CN MY ID SG PH BN TL BD IN NP LK'.split(' ');
const OTHERS =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BE BF BG BH BI BJ BM BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU IE IL IM IQ IR IS IT JE JM JO JP KE KG KI KM KN KP KR KW KY KZ LB LC LI LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MN MO MP MQ MR MS MT MU MV MW MX MZ NA NC NE NF NG NI NL NO NR NU NZ OM PA PE PF PG PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TJ TK TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );
/** Languages spoken or written along the region's borders: first those of the console, then more. */
const TONGUES =
  'en th lo km my vi zh ms id shn kar hmn mnw rki kac rhg ta hi bn ne si ur fa ps tl tet pt fr ru ko ja ar';
/** What CLDR has no name for. */
const NAMELESS: Readonly<Record<string, string>> = { kar: 'Karen', mnw: 'Mon', rki: 'Rakhine' };

/**
 * What nations and languages are called in that language, as CLDR has it: browsers know it for some of the console's
 * languages only, and take long to say it. Nations near first, the others in the order of their names.
 */
export function namesIn(language: string): Names {
  const { compare } = new Intl.Collator(language);
  const others = named(language, 'region', OTHERS).sort(([, one], [, other]) => compare(one, other));
  return {
    region: Object.fromEntries([...named(language, 'region', NEAR), ...others]),
    language: Object.fromEntries(named(language, 'language', TONGUES.split(' '))),
  };
}

function named(language: string, type: 'region' | 'language', codes: readonly string[]): [string, string][] {
  const [own, english] = [language, 'en'].map((tag) => new Intl.DisplayNames(tag, { type, fallback: 'none' }));
  return codes.map((code) => [code, own?.of(code) ?? english?.of(code) ?? NAMELESS[code] ?? code]);
}
