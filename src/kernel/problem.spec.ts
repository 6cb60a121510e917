import { expect, it } from '@jest/globals';
import { Problem } from './problem.js';

it('a problem knows its status, and which fields are wrong', () => {
  const errors = [{ pointer: '/code', detail: 'must not be blank' }];
  const problem = new Problem('validationFailed', 'The course is not valid.', errors);
  expect(problem).toMatchObject({ name: 'Problem', code: 'validationFailed', status: 422, message: 'The course is not valid.', errors });
  expect(new Problem('notFound', 'There is no such course.')).toMatchObject({ status: 404, errors: [] });
});
