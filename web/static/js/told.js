// A problem document as a person is told it: what happened, what to do next, and the code to name when asking for help.
export const told = (problem) => [problem.detail, problem.next_step, problem.code].filter(Boolean).join(" ");
