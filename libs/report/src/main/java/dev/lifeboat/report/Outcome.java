package dev.lifeboat.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a recovery ended. */
public enum Outcome {
    /** What was lost is back, checked, and in use. */
    @JsonProperty("recovered")
    RECOVERED,
    /** The look at the target found nothing to repair; nothing was touched. */
    @JsonProperty("not-needed")
    NOT_NEEDED,
    /** Something is left that a person has to do. */
    @JsonProperty("needs-person")
    NEEDS_PERSON,
    /** A person did not allow the repair; nothing more was touched. */
    @JsonProperty("not-approved")
    NOT_APPROVED,
    /** The mode allows no repair; nothing was touched. */
    @JsonProperty("observed")
    OBSERVED,
    /** The cause is another recovery's, which goes on; nothing was touched. */
    @JsonProperty("handed-over")
    HANDED_OVER
}
