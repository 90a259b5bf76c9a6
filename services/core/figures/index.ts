export {
  boundsOfMonth,
  type CalendarMonth,
  monthBefore,
  monthOf,
  monthsBetween,
  parseMonth,
} from './calendar-month.ts';
export { type IsoWeek, isoWeekOf, parseIsoWeek, startOfIsoWeek, weeksBetween } from './iso-week.ts';
export {
  type CountedTable,
  type PublishedTable,
  type PublishedTables,
  type PublishedTotal,
  publishTables,
  STEP,
  totalOfTables,
} from './publish-tables.ts';
export { type TimeFigures, timeFigures } from './time-figures.ts';
