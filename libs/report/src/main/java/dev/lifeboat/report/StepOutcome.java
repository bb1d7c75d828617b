package dev.lifeboat.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a step ended. */
public enum StepOutcome {
    /** It did its work. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** It failed, and the machine went another way. */
    @JsonProperty("failed")
    FAILED,
    /** It was still under way when the report was made. */
    @JsonProperty("running")
    RUNNING
}
