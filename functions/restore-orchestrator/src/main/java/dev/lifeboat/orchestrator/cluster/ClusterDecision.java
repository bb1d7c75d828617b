package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows from a cluster's assessment, cheapest first. */
public enum ClusterDecision {
    /** It is well. */
    @JsonProperty("not-needed")
    NOT_NEEDED("Nothing is touched."),
    /** Not all is known yet. */
    @JsonProperty("look-again")
    LOOK_AGAIN("It is looked at again."),
    /** Its nodes or its API are gone, and EKS may bring them back by itself. */
    @JsonProperty("await")
    AWAIT("It is looked at again; when nothing has changed at twelve looks in a row, the cluster is rebuilt."),
    /** The cluster is well, and its database is not. */
    @JsonProperty("recover-database")
    RECOVER_DATABASE("The database is recovered where it is."),
    /** It is lost. */
    @JsonProperty("rebuild")
    REBUILD("The next generation is built, and takes over when it is healthy."),
    /** The looks contradict each other, or the cause is none that a rebuild would put right. */
    @JsonProperty("examine")
    EXAMINE("A person is told what was seen. Nothing is touched.");

    private final String consequence;

    ClusterDecision(String consequence) {
        this.consequence = consequence;
    }

    /** What is done then, one or two sentences. */
    String consequence() {
        return consequence;
    }
}
