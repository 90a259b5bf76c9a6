export { CopyState } from './copy-state.tsx';
export { isUnread, isWorkedOn, type Line, lineTime, type Mark, marksOf, recipientStates } from './line.ts';
export { Marks } from './marks.tsx';
export { MessageLine, messageAddress } from './message-line.tsx';
export { MessageList } from './message-list.tsx';
