package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.assessment.LookResult;
import java.util.List;

/**
 * What was found of one Deployment.
 *
 * @param name its name
 * @param decision what follows for it alone
 * @param reason why, one sentence
 * @param looks every look, in order
 * @param notes what a person should know beside: who manages it, who scales it, its revisions
 * @param logs the last lines of its failing containers, masked
 */
public record DeploymentAssessment(
        String name,
        ApplicationDecision decision,
        String reason,
        List<LookResult<ApplicationLook>> looks,
        List<String> notes,
        List<LastLines> logs) {
    /**
     * What a failing container has printed last.
     *
     * @param container pod and container
     * @param lines as they were printed, secrets masked
     */
    public record LastLines(String container, List<String> lines) {
        public LastLines {
            Require.text("container", container);
            lines = Require.listOrEmpty(lines);
        }
    }

    public DeploymentAssessment {
        Require.text("name", name);
        Require.present("decision", decision);
        Require.text("reason", reason);
        looks = Require.listOrEmpty(looks);
        notes = Require.listOrEmpty(notes);
        logs = Require.listOrEmpty(logs);
    }
}
