package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The ladder of a database's recovery, cheapest rung first. */
public enum Rung {
    /** Touch nothing. */
    @JsonProperty("leave-alone")
    LEAVE_ALONE,
    /** Wait for the StatefulSet, for recovery after a crash, or for what did not answer. */
    @JsonProperty("look-again")
    LOOK_AGAIN,
    /** Delete the pod; its volume stays. */
    @JsonProperty("restart-pod")
    RESTART_POD,
    /** Restore the newest verified backup, or when that fails the one before it. */
    @JsonProperty("restore-backup")
    RESTORE_BACKUP,
    /** Tell a person. */
    @JsonProperty("ask-person")
    ASK_PERSON
}
