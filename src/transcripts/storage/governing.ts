/**
 * Which statement is followed where transcripts differ about one achievement: one whose transcript did not fail its check; one that says how the course
 * ended; the one best verified; the latest issued; the last handed in. An ORDER BY over `statement` and its `transcript`.
 */
const precedence = `
  (transcript.verification = 'failed'), (statement.outcome IN ('inProgress', 'planned')),
  array_position(ARRAY['verified', 'attested', 'unverified'], transcript.verification), transcript.issued_on DESC, transcript.id DESC`;

/** The SQL of the statement of a `completion` that is followed, out of those that a condition on `transcript` admits. */
export function governingStatement(condition: string): string {
  return `(
    SELECT statement.*, transcript.verification
    FROM completion_statements statement
    JOIN transcripts transcript ON transcript.learner_id = statement.learner_id AND transcript.id = statement.transcript_id
    WHERE statement.learner_id = completion.learner_id AND statement.completion_id = completion.id AND ${condition}
    ORDER BY ${precedence}
    LIMIT 1
  )`;
}
