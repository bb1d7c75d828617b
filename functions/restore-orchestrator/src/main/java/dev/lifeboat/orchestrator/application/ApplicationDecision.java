package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows from an application's assessment, cheapest first. */
public enum ApplicationDecision {
    /** It is well. */
    @JsonProperty("not-needed")
    NOT_NEEDED("Nothing is touched."),
    /** A rollout is under way, or not all is known yet. */
    @JsonProperty("look-again")
    LOOK_AGAIN("It is looked at again."),
    /** Its pods run, and none becomes ready. */
    @JsonProperty("restart")
    RESTART("The pods are replaced, revision as it is."),
    /** The newest revision does not come up, and there is an earlier one. */
    @JsonProperty("roll-back")
    ROLL_BACK("The revision before it is rolled out again."),
    /** Its database is not ready. */
    @JsonProperty("recover-database")
    RECOVER_DATABASE("The database is assessed, and recovered if need be, before the application is touched."),
    /** Kubernetes sees it well, and from outside it is not. */
    @JsonProperty("check-route")
    CHECK_ROUTE("A person is told to look at DNS, load balancer and network. Nothing is touched."),
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
}
