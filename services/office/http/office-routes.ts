import type { Route } from './route.ts';
import { previewAlert, submitAlert } from './routes/alerts.ts';
import { listAnswers, previewAnswer, submitAnswer } from './routes/answers.ts';
import { enterFile, listAttachments, readAttachment, readCustody } from './routes/attachments.ts';
import { listBulletins, readBulletin, releaseToRegion, submitBulletin, withdrawBulletin } from './routes/bulletins.ts';
import { answerConsent, askConsent, forwardMessage, listConsents, readConsent } from './routes/consents.ts';
import { readCounts } from './routes/counts.ts';
import { followEvents } from './routes/events.ts';
import { explainMessage } from './routes/explain.ts';
import { readFigures, readPublicFigures } from './routes/figures.ts';
import { findMessages } from './routes/find.ts';
import { listHeld, readHeld, rejectHeld, releaseHeld } from './routes/held.ts';
import { listSearches, readSearch, readSearchFigures, submitSearch } from './routes/hits.ts';
import { readLedger, readLedgerHead } from './routes/ledger.ts';
import { checkLedger, listWitnesses, readLedgerCheck } from './routes/ledger-checks.ts';
import { listLinks } from './routes/links.ts';
import { listRequests } from './routes/list-requests.ts';
import { listInbox, listOutbox } from './routes/lists.ts';
import { addLookout, endLookout, listLookouts } from './routes/lookouts.ts';
import { readMap } from './routes/map.ts';
import { readEvidence, readMessage, retrieveMessage } from './routes/messages.ts';
import {
  addAgency,
  addOfficer,
  changeOfficer,
  disableOfficer,
  enableOfficer,
  listAccounts,
  listAgencies,
  listOfficers,
  removeAgency,
  resetOfficer,
} from './routes/officers.ts';
import { beginOidc, finishOidc } from './routes/oidc.ts';
import { askOpening, listOpenings, openParts, readOpening } from './routes/openings.ts';
import { readDescription, readHealth, readMetrics, readReadiness } from './routes/operation.ts';
import { readOperationReport, signOperationReport } from './routes/operation-reports.ts';
import { actOnOperation, listOperations, proposeOperation, readCharter, readOperation } from './routes/operations.ts';
import { addPasskey, askNewPasskey, askPasskey, removePasskey, signInByPasskey } from './routes/passkeys.ts';
import {
  listTaskings,
  previewPost,
  readOperationLog,
  readPostOf,
  readRoster,
  readTranscript,
  submitPost,
} from './routes/posts.ts';
import { askProof, proveByPasskey, proveByPassword } from './routes/proofs.ts';
import { answerRecall, listRecalls, readRecall, submitRecall } from './routes/recalls.ts';
import { previewRequest, readRequest, readRequestFigures, submitRequest, takeStep } from './routes/requests.ts';
import { closeReview, listReviews, readReview } from './routes/reviews.ts';
import {
  changeOwnPassword,
  endSession,
  firstRun,
  readSession,
  readSignIn,
  signInByPassword,
} from './routes/sign-in.ts';
import { listAgreements, listPolicies, listQuarantine, readDirectory } from './routes/standing.ts';
import {
  changeSubscription,
  endSubscription,
  listSubscriptions,
  readRegion,
  subscribe,
} from './routes/subscriptions.ts';
import { readTriage, takeTriageStep } from './routes/triage.ts';

/** Every address of an office: the server and the API description are made of this table. */
export const OFFICE_ROUTES: readonly Route[] = [
  submitAlert,
  previewAlert,
  submitBulletin,
  listBulletins,
  readBulletin,
  withdrawBulletin,
  releaseToRegion,
  subscribe,
  listSubscriptions,
  changeSubscription,
  endSubscription,
  readRegion,
  submitSearch,
  listSearches,
  readSearchFigures,
  readSearch,
  addLookout,
  listLookouts,
  endLookout,
  submitRequest,
  previewRequest,
  listRequests,
  readRequestFigures,
  readRequest,
  takeStep,
  submitAnswer,
  previewAnswer,
  listAnswers,
  listInbox,
  listOutbox,
  readCounts,
  readMap,
  listHeld,
  readHeld,
  releaseHeld,
  rejectHeld,
  submitRecall,
  listRecalls,
  readRecall,
  answerRecall,
  forwardMessage,
  askConsent,
  listConsents,
  readConsent,
  answerConsent,
  askOpening,
  listOpenings,
  readOpening,
  openParts,
  listReviews,
  readReview,
  closeReview,
  proposeOperation,
  listOperations,
  readOperation,
  actOnOperation,
  readCharter,
  submitPost,
  previewPost,
  readPostOf,
  readTranscript,
  listTaskings,
  readRoster,
  readOperationLog,
  enterFile,
  listAttachments,
  readAttachment,
  readCustody,
  readOperationReport,
  signOperationReport,
  readMessage,
  retrieveMessage,
  readEvidence,
  explainMessage,
  findMessages,
  takeTriageStep,
  readTriage,
  listLinks,
  listQuarantine,
  readDirectory,
  listAgreements,
  listPolicies,
  readFigures,
  readPublicFigures,
  readLedgerHead,
  readLedger,
  checkLedger,
  readLedgerCheck,
  listWitnesses,
  followEvents,
  readSignIn,
  signInByPassword,
  askPasskey,
  signInByPasskey,
  beginOidc,
  finishOidc,
  firstRun,
  readSession,
  endSession,
  changeOwnPassword,
  askNewPasskey,
  addPasskey,
  removePasskey,
  proveByPassword,
  askProof,
  proveByPasskey,
  listOfficers,
  listAccounts,
  addOfficer,
  changeOfficer,
  disableOfficer,
  enableOfficer,
  resetOfficer,
  listAgencies,
  addAgency,
  removeAgency,
  readHealth,
  readReadiness,
  readMetrics,
  readDescription,
];
