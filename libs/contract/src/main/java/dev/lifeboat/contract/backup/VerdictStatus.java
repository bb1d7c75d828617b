package dev.lifeboat.contract.backup;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a verification ended. Only {@link #VERIFIED} backups are ever restored. */
public enum VerdictStatus {
    /** Every byte, block and row count is what the manifest says. */
    @JsonProperty("verified")
    VERIFIED,
    /** Bytes, structure or rows are not what the manifest says. */
    @JsonProperty("corrupt")
    CORRUPT,
    /** Whole, but unlike its predecessors in a way that a person should look at. */
    @JsonProperty("suspicious")
    SUSPICIOUS,
    /** It could not be verified; that is no pass. */
    @JsonProperty("unverifiable")
    UNVERIFIABLE
}
