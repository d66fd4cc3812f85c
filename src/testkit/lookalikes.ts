/** Ids that a careless store confuses with each other, or reads as something other than an id. */
export const LOOKALIKES: readonly string[] = [
  ...['l', 'L', 'l ', ' l', 'l1', 'l10', 'l\u200b', 'll'],
  ...['é', 'e\u0301', 'e', 'É', 'ß', 'ss', 'SS', 'ı', 'i', 'I', 'İ', 'ﬁ', 'fi'],
  ...['1', '01', '1.0', '1e0', '+1', 'true', 'null', 'undefined', 'NaN'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''],
  ...['%', '_', '*', '?', "'", "''", '"', '\\', '\\\\', '$1', '{}', '[]', ',', ';--', '\n', '\t'],
];

/** Text in many scripts, directions and planes. */
export const SCRIPTS: readonly string[] = [
  ...['Łódź', 'naïve café', 'Đà Nẵng', 'İstanbul', 'Straße', 'Ελληνικά', 'Кириллица', 'Հայերեն', 'ქართული'],
  ...['עברית', 'العربية', 'فارسی', 'हिन्दी', 'বাংলা', 'தமிழ்', 'ไทย', 'မြန်မာ', 'ភាសាខ្មែរ', 'አማርኛ', 'ᏣᎳᎩ'],
  ...[
    '中文',
    '日本語',
    '한국어',
    '한국어'.normalize('NFD'),
    '𠮷野家',
    '𝒳',
    '👩🏽‍🚀',
    '🇬🇧',
    '\u202eright to left',
    'a\u00a0b',
  ],
];

/** Ids of the maximum length that differ only in the last character, which takes one or two UTF-16 code units. */
export const LONG: readonly string[] = [
  ...['a', 'b'].map((end) => `${'x'.repeat(999)}${end}`),
  ...['a', 'b'].map((end) => `${'é'.repeat(999)}${end}`),
  ...['😀', '😁'].map((end) => `${'𠮷'.repeat(499)}${end}`),
];

/** Strings that are not valid Unicode, or with characters that end a string in other languages. */
export const RAW: readonly string[] = [
  '\0',
  'a\0',
  'a\0b',
  '\ud83d',
  '\ude00',
  'a\ud83d',
  '\u0001',
  '\ufeff',
  '\uffff',
];
