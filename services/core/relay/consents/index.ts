export { type ConsentDesk, consentDesk } from './consent-desk.ts';
export { CONSENTS_ERRORS, ConsentsError, type ConsentsErrorCode } from './errors.ts';
export { type ForwardInput, forward, passOn } from './forward.ts';
export { type OnwardStanding, onwardStanding } from './onward-standing.ts';
