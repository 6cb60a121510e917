export { type RecordedStudent, seedDemo } from './seed.js';
export { requestDate, welcome } from './welcome.js';
