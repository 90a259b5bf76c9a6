// Prints `PASSED FAILED` from vitest's JSON report. A file that could not be loaded is a failure, and so is a run that
// ended badly without naming one, or in which no test ran.
import { readFileSync } from 'node:fs';

const [file = '', code = '1'] = process.argv.slice(2);

function readReport() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
}

const report = readReport();
const unloaded = report.testResults.filter(
  (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
);
const named = report.numFailedTests + unloaded.length;
const endedBadly = code !== '0' || report.numPassedTests === 0;
console.log(`${report.numPassedTests} ${named === 0 && endedBadly ? 1 : named}`);
