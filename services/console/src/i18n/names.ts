import { language } from './language.ts';

/** What browsers do not bring along for these languages: near nations and the console's languages, as CLDR names them. */
const NEAR: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  my: {
    TH: 'ထိုင်း',
    LA: 'လာအို',
    MM: 'မြန်မာ',
    KH: 'ကမ္ဘောဒီးယား',
    VN: 'ဗီယက်နမ်',
    CN: 'တရုတ်',
    MY: 'မလေးရှား',
    ID: 'အင်ဒိုနီးရှား',
    SG: 'စင်္ကာပူ',
    th: 'ထိုင်း',
    lo: 'လာအို',
    my: 'မြန်မာ',
    km: 'ခမာ',
    vi: 'ဗီယက်နမ်',
    zh: 'တရုတ်',
    ms: 'မလေး',
    id: 'အင်ဒိုနီးရှား',
    en: 'အင်္ဂလိပ်',
  },
  km: {
    TH: 'ថៃ',
    LA: 'ឡាវ',
    MM: 'មីយ៉ាន់ម៉ា (ភូមា)',
    KH: 'កម្ពុជា',
    VN: 'វៀតណាម',
    CN: 'ចិន',
    MY: 'ម៉ាឡេស៊ី',
    ID: 'ឥណ្ឌូណេស៊ី',
    SG: 'សិង្ហបុរី',
    th: 'ថៃ',
    lo: 'ឡាវ',
    my: 'ភូមា',
    km: 'ខ្មែរ',
    vi: 'វៀតណាម',
    zh: 'ចិន',
    ms: 'ម៉ាឡេ',
    id: 'ឥណ្ឌូណេស៊ី',
    en: 'អង់គ្លេស',
  },
  lo: {
    TH: 'ໄທ',
    LA: 'ລາວ',
    MM: 'ມຽນມາ (ເບີມາ)',
    KH: 'ກຳປູເຈຍ',
    VN: 'ຫວຽດນາມ',
    CN: 'ຈີນ',
    MY: 'ມາເລເຊຍ',
    ID: 'ອິນໂດເນເຊຍ',
    SG: 'ສິງກະໂປ',
    th: 'ໄທ',
    lo: 'ລາວ',
    my: 'ມຽນມາ',
    km: 'ຂະເໝນ',
    vi: 'ຫວຽດນາມ',
    zh: 'ຈີນ',
    ms: 'ມາເລ',
    id: 'ອິນໂດເນຊຽນ',
    en: 'ອັງກິດ',
  },
};

/**
 * What a nation (`TH`) or a language (`th`) is called in the reader's language; in English where that has no word for it
 * here, and the code as it came where nobody has.
 */
export function nameOf(type: 'region' | 'language', value: string): string {
  const tag = language();
  const near = NEAR[tag];
  if (near !== undefined && Object.hasOwn(near, value)) return near[value] ?? value;
  try {
    return new Intl.DisplayNames([tag, 'en'], { type }).of(value) ?? value;
  } catch (error) {
    // What is no code of a nation or language is shown as it came.
    if (error instanceof RangeError) return value;
    throw error;
  }
}
