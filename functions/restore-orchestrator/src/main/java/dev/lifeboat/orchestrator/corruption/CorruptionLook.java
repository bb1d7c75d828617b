package dev.lifeboat.orchestrator.corruption;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The questions of an assessment of the data. Yes is what a healthy database answers; {@link CorruptionRules} says what follows. */
public enum CorruptionLook {
    /** Is the database there, can it be read, and does it hold rows? What the assessment of the database says of these. */
    @JsonProperty("database-there")
    DATABASE_THERE,
    /** Has this incident put no other instance in place yet? */
    @JsonProperty("not-begun")
    NOT_BEGUN,
    /** Is all out of use that instances of other incidents took the place of? */
    @JsonProperty("former-out-of-use")
    FORMER_OUT_OF_USE,
    /** Is the server out of recovery? */
    @JsonProperty("out-of-recovery")
    OUT_OF_RECOVERY,
    /** Does a write reach the disk? */
    @JsonProperty("writable")
    WRITABLE,
    /** Has PostgreSQL counted no checksum failure? */
    @JsonProperty("checksums-hold")
    CHECKSUMS_HOLD,
    /** Is every index that was looked at in order? */
    @JsonProperty("indexes-whole")
    INDEXES_WHOLE,
    /** Do all invariants hold that are no numbers which must not fall? */
    @JsonProperty("invariants-hold")
    INVARIANTS_HOLD,
    /** Has no number fallen that must not? */
    @JsonProperty("counts-kept")
    COUNTS_KEPT,
    /** Did all invariants hold when the probe asked last, in its own time and by its own connections? */
    @JsonProperty("held-for-the-probe")
    HELD_FOR_THE_PROBE
}
