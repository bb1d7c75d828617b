package dev.lifeboat.orchestrator.pointintime;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the data of a recovery to a point in time are restored. */
public enum Place {
    /** Into a new instance on a new volume. The live one is not touched before the other takes its place. */
    @JsonProperty("beside")
    BESIDE,
    /**
     * In the live instance, on the volume that it has: only what differs is copied. What is there is kept first, on the same volume, and the
     * database is out of reach from then on until it is at its point.
     */
    @JsonProperty("in-place")
    IN_PLACE
}
