export * from './course.js';
export * from './course-import.js';
export * from './isced.js';
export * from './offering.js';
