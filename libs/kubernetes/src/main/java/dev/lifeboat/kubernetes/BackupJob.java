package dev.lifeboat.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A Job that makes a backup.
 *
 * @param name the Job's
 * @param state how far it is
 * @param reason why it failed; null unless it did
 * @param startedAt when it was created
 */
public record BackupJob(String name, State state, String reason, Instant startedAt) {
    /** How far a Job is. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED
    }
}
