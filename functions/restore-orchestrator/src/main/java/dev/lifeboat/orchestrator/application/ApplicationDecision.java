package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows from an application's assessment, cheapest first. */
public enum ApplicationDecision {
    /** It is well. */
    @JsonProperty("not-needed")
    NOT_NEEDED("Nothing is touched."),
    /** A rollout is under way, or not all is known yet. */
    @JsonProperty("look-again")
    LOOK_AGAIN("It is looked at again; after 60 looks a person is told."),
    /** A revision that was healthy does not come up, and what it depends on is there. */
    @JsonProperty("restart")
    RESTART("The pods are replaced once, revision as it is."),
    /** The newest revision does not come up, and an older one was healthy. */
    @JsonProperty("roll-back")
    ROLL_BACK(
            "The last revision that was recorded as healthy is rolled out again, together with that of what was deployed with it."),
    /** Its database is not ready. */
    @JsonProperty("recover-database")
    RECOVER_DATABASE("The recovery of the database is started, which restarts the Deployments itself."),
    /** No node is ready. */
    @JsonProperty("recover-cluster")
    RECOVER_CLUSTER("The recovery of the cluster is started."),
    /** Kubernetes sees it well, and from outside it is not. */
    @JsonProperty("check-route")
    CHECK_ROUTE("A person is told to look at DNS, load balancer and network. Nothing is touched."),
    /** Somebody paused the rollout. */
    @JsonProperty("resume")
    RESUME("A person is told to resume the rollout, or to undo it. Nothing is touched."),
    /** A GitOps controller would put back what Git has. */
    @JsonProperty("revert-in-git")
    REVERT_IN_GIT("A person is told to take the change back in Git. Nothing is touched."),
    /** The older revision would not know the database's schema. */
    @JsonProperty("keep-schema")
    KEEP_SCHEMA(
            "A person is told that a roll-back is refused: it would go below the database's schema. Nothing is touched."),
    /** Nothing that is known would put it right. */
    @JsonProperty("examine")
    EXAMINE("A person is told what was seen. Nothing is touched.");

    private final String consequence;

    ApplicationDecision(String consequence) {
        this.consequence = consequence;
    }

    /** What is done then, one or two sentences. */
    String consequence() {
        return consequence;
    }

    /** Whether it is another recovery's to put it right. */
    boolean handsOver() {
        return this == RECOVER_DATABASE || this == RECOVER_CLUSTER;
    }
}
