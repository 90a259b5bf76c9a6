export { bodyOf, isJson, type Json } from './body-fields.ts';
export { ContentView } from './content-view.tsx';
export { FieldValue, OriginalText, PartFields, PartValue } from './field-value.tsx';
export { base64Bytes, imageMagic, type ShownImage } from './image-magic.ts';
export { ImageView } from './image-view.tsx';
export { dateText, languageName, nationName, positionText } from './plain-values.ts';
export { Subjects } from './subjects.tsx';
export { type Withheld, WithheldParts } from './withheld-parts.tsx';
