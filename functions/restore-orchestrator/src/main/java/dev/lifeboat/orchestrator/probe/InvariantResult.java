package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;

/**
 * What an invariant's query said.
 *
 * @param name the invariant's
 * @param answer yes when it holds; unknown when the query gave no answer, which is evidence for nothing
 * @param number what it said, when it is about a number; else null
 * @param reason what was seen, one sentence
 */
public record InvariantResult(String name, Answer answer, Double number, String reason) {
    public InvariantResult {
        Require.text("name", name);
        Require.present("answer", answer);
        Require.text("reason", reason);
    }
}
